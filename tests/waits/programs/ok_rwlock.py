"""A lock for readers and a writer, built of a Condition and a Lock: two read, one wants to write."""

import threading
import time

import claims


class ReadWrite:
    def __init__(self):
        self._changed = threading.Condition(threading.Lock())
        self._readers = 0

    def acquire_read(self):
        with self._changed:
            self._readers += 1

    def acquire_write(self):
        self._changed.acquire()
        while self._readers:
            self._changed.wait()


table = ReadWrite()


def read():
    table.acquire_read()
    time.sleep(3000)


def write():
    table.acquire_write()


claims.start("reader-0", read)
claims.start("reader-1", read)
while table._readers < 2:
    time.sleep(0.01)
claims.start("writer", write)
claims.waits("writer", "condition", table._changed, names=["_changed"])
claims.tell()
time.sleep(3600)
