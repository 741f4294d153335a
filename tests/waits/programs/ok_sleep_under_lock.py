"""Three threads want a lock whose holder sleeps for a while, under two more locks.

options: quick, faulthandler, gcore
"""

import threading
import time

import claims

lock = threading.Lock()
other = threading.RLock()
third = threading.Lock()


def doze():
    with other, third:
        with lock:
            time.sleep(3000)


def want(lock):
    with lock:
        print("later")


claims.start("sleeper", doze)
claims.holds("sleeper", lock)
claims.holds("sleeper", other, "rlock")
claims.holds("sleeper", third)
claims.state("sleeper", "sleeping")
while not lock.locked():
    time.sleep(0.01)
for name, wanted, kind in (("first", lock, "lock"), ("second", lock, "lock"),
                           ("third", third, "lock"), ("fourth", other, "rlock")):
    claims.start(name, want, wanted)
    claims.waits(name, kind, wanted)
claims.tell()
time.sleep(3600)
