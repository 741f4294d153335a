"""Threads that are joined: one that sleeps, a daemon, one of a subclass, and with a timeout.

options: quick
"""

import threading
import time

import claims


class Worker(threading.Thread):
    def run(self):
        time.sleep(3000)


def sleep():
    time.sleep(3000)


def join(thread, timeout=None):
    thread.join(timeout)


plain = claims.start("plain", sleep)
daemon = claims.start("daemon", sleep, daemon=True)
own = Worker(name="own")
own.start()
for name in ("plain", "daemon", "own"):
    claims.start(f"joins-{name}", join, globals()[name])
    claims.waits(f"joins-{name}", "thread", joins=name)
    claims.state(name, "sleeping")
claims.start("joins-timed", join, plain, 3000)
claims.waits("joins-timed", "thread", joins="plain", timed=True)
claims.waits("MainThread", "thread", joins="own")
claims.tell()
own.join()
