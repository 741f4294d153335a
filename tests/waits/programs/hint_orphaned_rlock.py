"""A thread ended with an RLock in its hands, which another one wants."""

import threading
import time

import claims

journal = threading.RLock()
waiting = threading.Event()


def forget():
    journal.acquire()


def want():
    # Begun before the other one ends: threads inherit their idents from dead ones.
    waiting.wait()
    with journal:
        print("never")


claims.start("wanter", want)
claims.start("forgetful", forget).join()
waiting.set()
claims.waits("wanter", "rlock", journal, names=["journal"])
claims.orphan(journal)
claims.hint("orphaned-lock")
claims.tell()
time.sleep(3600)
