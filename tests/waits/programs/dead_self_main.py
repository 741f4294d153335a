"""The main thread takes a Lock twice, in a signal handler that runs inside its `with`.

options: faulthandler
"""

import os
import signal
import threading

import claims

lock = threading.Lock()


def on_hangup(number, frame):
    with lock:
        print("never")


signal.signal(signal.SIGHUP, on_hangup)
claims.holds("MainThread", lock, names=["lock"])
claims.waits("MainThread", "lock", lock, names=["lock"])
claims.deadlock("MainThread", kinds=["self"], sure=True)
claims.hint("self-deadlock")
claims.tell()
with lock:
    os.kill(os.getpid(), signal.SIGHUP)
    while True:
        pass
