"""A Semaphore and a BoundedSemaphore at zero."""

import threading
import time

import claims

plain = threading.Semaphore(0)
bounded = threading.BoundedSemaphore(1)
bounded.acquire()


def with_plain():
    with plain:
        print("never")


def with_bounded():
    bounded.acquire()


def with_timeout():
    plain.acquire(timeout=3000)


claims.waits("with_plain", "semaphore", plain, names=["plain"])
claims.waits("with_bounded", "semaphore", bounded, names=["bounded"])
claims.waits("with_timeout", "semaphore", plain, names=["plain"], timed=True)
for work in (with_plain, with_bounded, with_timeout):
    claims.start(work.__name__, work)
claims.tell()
time.sleep(3600)
