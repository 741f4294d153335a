"""A `with` over an object that has a lock does not mean that its lock is held: another has it."""

import threading
import time

import claims


class Session:
    def __init__(self):
        self._lock = threading.Lock()
        self.users = 0

    def __enter__(self):
        with self._lock:
            self.users += 1
        return self

    def __exit__(self, *_):
        with self._lock:
            self.users -= 1

    def block(self):
        self._lock.acquire()


session = Session()
table = threading.Lock()
inside = threading.Barrier(3)


def user():
    with session:
        inside.wait()
        while not session._lock.locked():
            time.sleep(0.01)
        with table:
            print("later")


def has_table():
    with table:
        inside.wait()
        while not session._lock.locked():
            time.sleep(0.01)
        with session:
            print("later")


def blocker():
    inside.wait()
    session.block()
    time.sleep(3000)


claims.start("has_table", has_table)
claims.start("user", user)
claims.start("blocker", blocker)
claims.holds("has_table", table, names=["table"])
claims.holds("blocker", session._lock, sure=False)
claims.waits("user", "lock", table, names=["table"])
claims.waits("has_table", "lock", session._lock, names=["_lock"])
claims.state("blocker", "sleeping")
claims.tell(lambda: session.users == 1)
time.sleep(3600)
