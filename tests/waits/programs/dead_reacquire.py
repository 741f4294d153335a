"""A thread that was notified wants its Condition's lock back, which another took for good."""

import threading
import time

import claims

full = threading.Condition(threading.Lock())
disk = threading.Lock()
go = []


def writer():
    with disk:
        with full:
            while not go:
                full.wait()


def flusher():
    while not full._waiters:
        time.sleep(0.01)
    with full:
        go.append(1)
        full.notify()
        with disk:
            print("never")


claims.start("writer", writer)
claims.start("flusher", flusher)
claims.holds("writer", disk, names=["disk"])
claims.holds("flusher", full._lock)
claims.waits("writer", "lock", full._lock, names=["full", "full._lock"])
claims.waits("flusher", "lock", disk, names=["disk"])
claims.deadlock("writer", "flusher", kinds=["lock"], sure=True)
claims.hint("lock-cycle")
claims.tell(lambda: go)
time.sleep(3600)
