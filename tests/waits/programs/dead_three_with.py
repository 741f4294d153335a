"""Three threads, three locks that are attributes of objects, taken in methods.

options: faulthandler
"""

import threading
import time

import claims

all_hold = threading.Barrier(3)


class Shelf:
    def __init__(self):
        self._lock = threading.Lock()

    def move_to(self, other):
        with self._lock:
            all_hold.wait()
            other.put()

    def put(self):
        with self._lock:
            print("never")


shelves = [Shelf(), Shelf(), Shelf()]
for number in range(3):
    after = (number + 1) % 3
    claims.start(f"mover-{number}", shelves[number].move_to, shelves[after])
    claims.holds(f"mover-{number}", shelves[number]._lock, names=["_lock"])
    claims.waits(f"mover-{number}", "lock", shelves[after]._lock, names=["_lock"])
claims.deadlock("mover-0", "mover-1", "mover-2", kinds=["lock"], sure=True)
claims.hint("lock-cycle")
claims.tell()
time.sleep(3600)
