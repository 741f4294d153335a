"""Two threads, two locks, each `with` inside the other's; the main thread joins one of them.

options: quick, faulthandler, gcore
"""

import threading

import claims

accounts = threading.Lock()
journal = threading.Lock()
both = threading.Barrier(2)


def transfer():
    with accounts:
        both.wait()
        with journal:
            print("never")


def audit():
    with journal:
        both.wait()
        with accounts:
            print("never")


claims.waits("transfer", "lock", journal, names=["journal"])
claims.waits("audit", "lock", accounts, names=["accounts"])
claims.waits("MainThread", "thread", joins="transfer")
claims.holds("transfer", accounts, names=["accounts"])
claims.holds("audit", journal, names=["journal"])
claims.deadlock("transfer", "audit", kinds=["lock"], sure=True, behind=["MainThread"])
claims.hint("lock-cycle", "join-dead-end")
first = claims.start("transfer", transfer)
claims.start("audit", audit)
claims.tell()
first.join()
