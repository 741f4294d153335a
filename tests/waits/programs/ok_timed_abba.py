"""Two locks in two orders, but one of the two gives up after a while."""

import threading
import time

import claims

a = threading.Lock()
b = threading.Lock()
both = threading.Barrier(2)


def impatient():
    with a:
        both.wait()
        if b.acquire(timeout=3000):
            print("never")


def patient():
    with b:
        both.wait()
        with a:
            print("later")


claims.start("impatient", impatient)
claims.start("patient", patient)
claims.holds("impatient", a)
claims.holds("patient", b)
claims.waits("impatient", "lock", b, names=["b"], timed=True)
claims.waits("patient", "lock", a, names=["a"])
claims.tell()
time.sleep(3600)
