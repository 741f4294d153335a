"""Conditions over plain Locks; one of the two waited before and has its lock back."""

import threading
import time

import claims

ready = threading.Condition(threading.Lock())
done = threading.Condition(threading.Lock())
both = threading.Barrier(2)
go = []


def first():
    with ready:
        while not go:
            ready.wait()
        both.wait()
        with done:
            done.notify()


def second():
    while not ready._waiters:
        time.sleep(0.01)
    with ready:
        go.append(1)
        ready.notify()
    with done:
        both.wait()
        with ready:
            print("never")


claims.start("first", first)
claims.start("second", second)
claims.holds("first", ready._lock, names=["ready", "ready._lock"])
claims.holds("second", done._lock)
claims.waits("first", "lock", done._lock, names=["done", "done._lock"])
claims.waits("second", "lock", ready._lock, names=["ready", "ready._lock"])
claims.deadlock("first", "second", kinds=["lock"], sure=True)
claims.hint("lock-cycle")
claims.tell()
time.sleep(3600)
