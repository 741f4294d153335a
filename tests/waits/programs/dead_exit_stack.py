"""Two locks in two orders, entered into ExitStacks."""

import threading
import time
from contextlib import ExitStack

import claims

one = threading.Lock()
two = threading.Lock()
both = threading.Barrier(2)


def take(*locks):
    with ExitStack() as stack:
        for lock in locks:
            stack.enter_context(lock)
            if lock is locks[0]:
                both.wait()


claims.start("forward", take, one, two)
claims.start("backward", take, two, one)
claims.holds("forward", one, sure=None)
claims.holds("backward", two, sure=None)
claims.waits("forward", "lock", two)
claims.waits("backward", "lock", one)
claims.deadlock("forward", "backward", kinds=["lock"])
claims.hint("lock-cycle")
claims.tell()
time.sleep(3600)
