"""Two BoundedSemaphores of one place, used as locks, in two orders."""

import threading
import time

import claims

bath = threading.BoundedSemaphore(1)
kitchen = threading.BoundedSemaphore(1)
both = threading.Barrier(2)


def use(first, second):
    with first:
        both.wait()
        with second:
            print("never")


claims.start("one", use, bath, kitchen)
claims.start("two", use, kitchen, bath)
claims.holds("one", bath, "semaphore", sure=None)
claims.holds("two", kitchen, "semaphore", sure=None)
claims.waits("one", "semaphore", kitchen, names=["kitchen", "second"])
claims.waits("two", "semaphore", bath, names=["bath", "second"])
claims.deadlock("one", "two")
claims.hint("lock-cycle")
claims.tell()
time.sleep(3600)
