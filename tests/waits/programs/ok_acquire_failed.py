"""Two threads tried for a lock and did not get it; each waits for the other one of the two."""

import threading
import time

import claims

a = threading.Lock()
b = threading.Lock()
failed = []


def without_a():
    if not a.acquire(blocking=False):
        failed.append("a")
        b.acquire()
        b.release()
    else:
        a.release()


def without_b():
    if not b.acquire(timeout=0.01):
        failed.append("b")
        a.acquire()
        a.release()


def owner():
    a.acquire()
    b.acquire()
    time.sleep(3000)


claims.start("owner", owner)
while not b.locked():
    time.sleep(0.01)
claims.start("without_a", without_a)
claims.start("without_b", without_b)
claims.holds("owner", a, sure=None)
claims.holds("owner", b, sure=None)
claims.waits("without_a", "lock", b, names=["b"])
claims.waits("without_b", "lock", a, names=["a"])
claims.state("owner", "sleeping")
claims.tell(lambda: len(failed) == 2)
time.sleep(3600)
