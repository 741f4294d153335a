"""An RLock and one that is written in Python."""

import threading
import time

import claims

fast = threading.RLock()
slow = threading._PyRLock()


def use(lock):
    with lock:
        print("never")


with fast, fast, slow:
    claims.holds("MainThread", fast, "rlock")
    claims.start("fast", use, fast)
    claims.start("slow", use, slow)
    claims.waits("fast", "rlock", fast, names=["fast", "lock"])
    claims.waits("slow", "rlock|lock", None)
    claims.holds("MainThread", slow._block, sure=False)
    claims.holds("MainThread", None, sure=False, address=id(slow))
    claims.tell()
    time.sleep(3600)
