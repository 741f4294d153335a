"""Two locks in two orders, by `acquire()` and `try ... finally: release()`."""

import threading
import time

import claims

left = threading.Lock()
right = threading.Lock()
both = threading.Barrier(2)


def take(first, second):
    first.acquire()
    try:
        both.wait()
        second.acquire()
        try:
            print("never")
        finally:
            second.release()
    finally:
        first.release()


claims.start("forward", take, left, right)
claims.start("backward", take, right, left)
claims.holds("forward", left, sure=None)
claims.holds("backward", right, sure=None)
claims.waits("forward", "lock", right, names=["right", "second"])
claims.waits("backward", "lock", left, names=["left", "second"])
claims.deadlock("forward", "backward", kinds=["lock"])
claims.hint("lock-cycle")
claims.tell()
time.sleep(3600)
