"""A thread ended with a Lock in its hands: nothing says so, and nobody may be accused."""

import threading
import time

import claims

journal = threading.Lock()


def forget():
    journal.acquire()


def want():
    with journal:
        print("never")


claims.start("forgetful", forget).join()
claims.start("wanter", want)
claims.waits("wanter", "lock", journal, names=["journal"])
claims.may_hint("orphaned-lock")
claims.tell()
time.sleep(3600)
