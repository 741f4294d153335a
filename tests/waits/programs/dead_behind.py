"""A cycle of two, five threads behind it, one of them behind another, and one with a timeout."""

import threading
import time

import claims

a = threading.Lock()
b = threading.Lock()
c = threading.Lock()
both = threading.Barrier(2)
c_taken = threading.Event()


def cycle(first, second):
    with first:
        both.wait()
        with second:
            print("never")


def behind(lock):
    with lock:
        print("never")


def behind_with_c():
    with c:
        c_taken.set()
        with a:
            print("never")


def patient():
    b.acquire(timeout=3600)


claims.start("one", cycle, a, b)
claims.start("two", cycle, b, a)
while not (a.locked() and b.locked()):
    time.sleep(0.01)
claims.start("behind-a", behind, a)
claims.start("behind-b", behind, b)
claims.start("has-c", behind_with_c)
c_taken.wait()
claims.start("behind-c", behind, c)
claims.start("patient", patient)
claims.start("joins", claims.start("behind-b2", behind, b).join)
for name, lock in (("one", b), ("two", a), ("behind-a", a), ("behind-b", b), ("behind-b2", b),
                   ("has-c", a), ("behind-c", c)):
    claims.waits(name, "lock", lock)
claims.waits("patient", "lock", b, names=["b"], timed=True)
claims.waits("joins", "thread", joins="behind-b2")
claims.holds("one", a)
claims.holds("two", b)
claims.holds("has-c", c)
claims.deadlock("one", "two", kinds=["lock"], sure=True,
                behind=["behind-a", "behind-b", "behind-b2", "has-c", "behind-c", "joins"])
claims.hint("lock-cycle", "join-dead-end")
claims.tell()
time.sleep(3600)
