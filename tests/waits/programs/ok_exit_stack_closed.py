"""ExitStacks that were closed inside their `with` hold nothing any more."""

import threading
import time
from contextlib import ExitStack

import claims

a = threading.Lock()
b = threading.Lock()
closed = threading.Barrier(3)
taken = threading.Event()


def had(first, second):
    with ExitStack() as stack:
        stack.enter_context(first)
        stack.close()
        closed.wait()
        taken.wait()
        with second:
            print("later")


def has_both():
    closed.wait()
    with a, b:
        taken.set()
        time.sleep(3000)


# One after the other: they do hold for a moment what they take.
claims.start("had_a", had, a, b)
claims.start("had_b", had, b, a)
claims.start("has_both", has_both)
claims.holds("has_both", a)
claims.holds("has_both", b)
claims.waits("had_a", "lock", b)
claims.waits("had_b", "lock", a)
claims.state("has_both", "sleeping")
claims.tell(taken.is_set)
time.sleep(3600)
