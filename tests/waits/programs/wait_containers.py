"""A lock in a list that only the frame of the waiter knows, and one in a dict of an object."""

import threading
import time

import claims


class Registry:
    def __init__(self):
        self.locks = {"users": threading.Lock()}

    def use(self, key):
        with self.locks[key]:
            print("never")


def use_list():
    locks = [threading.Lock(), threading.Lock()]
    locks[1].acquire()
    claims.waits("list", "lock", locks[1], names=["locks[1]"])
    ready.set()
    with locks[1]:
        print("never")


ready = threading.Event()
registry = Registry()
registry.locks["users"].acquire()
claims.start("dict", registry.use, "users")
claims.waits("dict", "lock", registry.locks["users"], names=["locks['users']"])
claims.holds("MainThread", registry.locks["users"], sure=False)
claims.start("list", use_list)
ready.wait()
# It took the lock itself, by a call that leaves no owner.
claims.deadlock("list", kinds=["self"])
claims.hint("self-deadlock")
claims.tell()
time.sleep(3600)
