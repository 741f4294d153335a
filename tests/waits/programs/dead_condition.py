"""A cycle through the lock of a Condition: one wants to notify, the other has the condition's lock."""

import threading
import time

import claims

stock = threading.Condition()
prices = threading.Lock()
both = threading.Barrier(2)


def sell():
    with prices:
        both.wait()
        with stock:
            stock.notify()


def count():
    with stock:
        both.wait()
        with prices:
            print("never")


claims.start("sell", sell)
claims.start("count", count)
claims.holds("sell", prices, names=["prices"])
claims.holds("count", stock._lock, "rlock")
claims.waits("sell", "rlock", stock._lock, names=["stock", "stock._lock"])
claims.waits("count", "lock", prices, names=["prices"])
claims.deadlock("sell", "count", kinds=["lock"], sure=True)
claims.hint("lock-cycle")
claims.tell()
time.sleep(3600)
