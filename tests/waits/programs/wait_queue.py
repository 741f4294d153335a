"""Every queue there is: get, put to a full one, join, with a timeout.

options: quick
"""

import queue
import time

import claims

empty = queue.Queue()
full = queue.Queue(1)
full.put(1)
stack = queue.LifoQueue()
heap = queue.PriorityQueue()
simple = queue.SimpleQueue()


def get():
    empty.get()


def put():
    full.put(2)


def join():
    full.join()


def from_stack():
    stack.get()


def from_heap():
    heap.get(timeout=3000)


def from_simple():
    simple.get()


def from_simple_timed():
    simple.get(timeout=3000)


for work, kind, what, names, timed in (
        (get, "queue", empty, ["empty"], False), (put, "queue", full, ["full"], False),
        (join, "queue", full, ["full"], False), (from_stack, "queue", stack, ["stack"], False),
        (from_heap, "queue", heap, ["heap"], True),
        (from_simple, "simple-queue", simple, ["simple"], False),
        (from_simple_timed, "simple-queue", simple, ["simple"], True)):
    claims.start(work.__name__, work)
    claims.waits(work.__name__, kind, what, names=names, timed=timed)
del work, kind, what, names
claims.tell()
time.sleep(3600)
