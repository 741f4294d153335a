"""Two locks in two orders, taken by `acquire()`: who has them is in no memory."""

import threading
import time

import claims

left = threading.Lock()
right = threading.Lock()
both = threading.Barrier(2)


def forward():
    left.acquire()
    both.wait()
    right.acquire()
    right.release()
    left.release()


def backward():
    right.acquire()
    both.wait()
    left.acquire()
    left.release()
    right.release()


claims.start("forward", forward)
claims.start("backward", backward)
claims.holds("forward", left, sure=None)
claims.holds("backward", right, sure=None)
claims.waits("forward", "lock", right, names=["right"])
claims.waits("backward", "lock", left, names=["left"])
claims.deadlock("forward", "backward", kinds=["lock"])
claims.hint("lock-cycle")
claims.tell()
time.sleep(3600)
