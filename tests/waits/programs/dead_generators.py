"""Each first lock is held by a suspended generator that the thread iterates."""

import threading
import time

import claims

rows = threading.Lock()
columns = threading.Lock()
both = threading.Barrier(2)


def walk(lock):
    with lock:
        yield 1
        yield 2


def by_row():
    for _ in walk(rows):
        both.wait()
        with columns:
            print("never")


def by_column():
    cells = walk(columns)
    next(cells)
    both.wait()
    with rows:
        print("never")


claims.start("by_row", by_row)
claims.start("by_column", by_column)
claims.holds("by_row", rows, sure=None)
claims.holds("by_column", columns, sure=None)
claims.waits("by_row", "lock", columns, names=["columns"])
claims.waits("by_column", "lock", rows, names=["rows"])
claims.deadlock("by_row", "by_column", kinds=["lock"])
claims.hint("lock-cycle")
claims.tell()
time.sleep(3600)
