"""Three threads and two locks: the third only waits, though it holds something nobody wants."""

import threading
import time

import claims

inner = threading.RLock()
outer = threading.Lock()
unwanted = threading.Lock()
both = threading.Barrier(3)


def forward():
    with outer:
        both.wait()
        with inner:
            print("never")


def backward():
    with inner:
        both.wait()
        with outer:
            print("never")


def bystander():
    with unwanted:
        both.wait()
        with inner:
            print("never")


for work in (forward, backward, bystander):
    claims.start(work.__name__, work)
claims.holds("forward", outer)
claims.holds("backward", inner, "rlock")
claims.holds("bystander", unwanted)
claims.waits("forward", "rlock", inner, names=["inner"])
claims.waits("backward", "lock", outer, names=["outer"])
claims.waits("bystander", "rlock", inner, names=["inner"])
claims.deadlock("forward", "backward", kinds=["lock"], sure=True, behind=["bystander"])
claims.hint("lock-cycle")
claims.tell()
time.sleep(3600)
