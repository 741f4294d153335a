"""An Event, without and with a timeout, the main thread among those who wait.

options: quick
"""

import threading

import claims

ready = threading.Event()
claims.start("plain", ready.wait)
claims.start("timed", ready.wait, 3000)
claims.waits("plain", "event", ready, names=["ready"], where=False)
claims.waits("timed", "event", ready, names=["ready"], where=False, timed=True)
claims.waits("MainThread", "event", ready, names=["ready"])
claims.tell()
ready.wait()
