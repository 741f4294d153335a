"""Two threads had each the lock that the other waits for, and gave it back; a third has both now."""

import threading
import time

import claims

a = threading.Lock()
b = threading.Lock()
taken = threading.Event()


def had_a():
    a.acquire()
    a.release()
    taken.wait()
    b.acquire()


def had_b():
    b.acquire()
    try:
        time.sleep(0)
    finally:
        b.release()
    taken.wait()
    with a:
        print("later")


def has_both():
    with a:
        with b:
            taken.set()
            time.sleep(3000)


one, two = claims.start("had_a", had_a), claims.start("had_b", had_b)
while len(taken._cond._waiters) < 2:
    time.sleep(0.01)
claims.start("has_both", has_both)
claims.holds("has_both", a, names=["a"])
claims.holds("has_both", b, names=["b"])
claims.waits("had_a", "lock", b, names=["b"])
claims.waits("had_b", "lock", a, names=["a"])
claims.state("has_both", "sleeping")
claims.tell()
time.sleep(3600)
