"""A Lock that the main thread holds, awaited by `with`, `acquire()`, with a timeout and by position.

options: quick
"""

import threading
import time

import claims

gate = threading.Lock()


def with_block():
    with gate:
        print("never")


def by_call():
    gate.acquire()


def with_timeout():
    gate.acquire(timeout=3000)


def by_position():
    gate.acquire(True, 3000.5)


for work in (with_block, by_call, with_timeout, by_position):
    timed = work in (with_timeout, by_position)
    claims.waits(work.__name__, "lock", gate, names=["gate"], timed=timed)
claims.holds("MainThread", gate)
with gate:
    for work in (with_block, by_call, with_timeout, by_position):
        claims.start(work.__name__, work)
    claims.state("MainThread", "sleeping")
    claims.tell()
    time.sleep(3600)
