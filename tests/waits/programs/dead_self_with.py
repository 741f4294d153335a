"""A thread takes a Lock that it holds already, further in.

options: quick
"""

import threading
import time

import claims


class Cache:
    def __init__(self):
        self._lock = threading.Lock()

    def get(self):
        with self._lock:
            return self.load()

    def load(self):
        with self._lock:
            return 1


cache = Cache()
claims.start("worker", cache.get)
claims.holds("worker", cache._lock, names=["_lock"])
claims.waits("worker", "lock", cache._lock, names=["_lock"])
claims.deadlock("worker", kinds=["self"], sure=True)
claims.hint("self-deadlock")
claims.tell()
time.sleep(3600)
