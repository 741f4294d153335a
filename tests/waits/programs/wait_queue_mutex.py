"""Threads that cannot even enter a Queue: another one is inside, in a `full()` of its own."""

import queue
import threading
import time

import claims

inside = threading.Event()


class Slow(queue.Queue):
    def _put(self, item):
        inside.set()
        time.sleep(3000)


jobs = Slow()


def put():
    jobs.put(1)


def get():
    inside.wait()
    jobs.get()


claims.start("put", put)
claims.start("get", get)
claims.holds("put", jobs.mutex)
claims.state("put", "sleeping")
claims.waits("get", "lock", jobs.mutex, names=["jobs", "jobs.mutex"])
claims.tell(inside.is_set)
time.sleep(3600)
