"""A Condition over a Lock is entered again by the thread that is inside."""

import threading
import time

import claims

changed = threading.Condition(threading.Lock())


def publish():
    with changed:
        announce()


def announce():
    with changed:
        changed.notify_all()


claims.start("publisher", publish)
claims.holds("publisher", changed._lock)
claims.waits("publisher", "lock", changed._lock, names=["changed", "changed._lock"])
claims.deadlock("publisher", kinds=["self"], sure=True)
claims.hint("self-deadlock")
claims.tell()
time.sleep(3600)
