"""Two locks in two orders, each held by the generator of a contextlib.contextmanager."""

import threading
import time
from contextlib import contextmanager

import claims

source = threading.Lock()
target = threading.Lock()
both = threading.Barrier(2)


@contextmanager
def holding(lock):
    with lock:
        yield


def copy():
    with holding(source):
        both.wait()
        with holding(target):
            print("never")


def restore():
    with holding(target):
        both.wait()
        with holding(source):
            print("never")


claims.start("copy", copy)
claims.start("restore", restore)
claims.holds("copy", source, sure=None)
claims.holds("restore", target, sure=None)
claims.waits("copy", "lock", target, names=["target", "lock"])
claims.waits("restore", "lock", source, names=["source", "lock"])
claims.deadlock("copy", "restore", kinds=["lock"])
claims.hint("lock-cycle")
claims.tell()
time.sleep(3600)
