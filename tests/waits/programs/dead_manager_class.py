"""Two locks in two orders, each behind a context manager class of the program's own."""

import threading
import time

import claims

both = threading.Barrier(2)


class Guard:
    def __init__(self, name):
        self.name = name
        self.mutex = threading.Lock()
        self.entries = 0

    def __enter__(self):
        self.mutex.acquire()
        self.entries += 1
        return self

    def __exit__(self, *_):
        self.mutex.release()


red = Guard("red")
blue = Guard("blue")


def work(mine, other):
    with mine:
        both.wait()
        with other:
            print("never")


claims.start("one", work, red, blue)
claims.start("two", work, blue, red)
claims.holds("one", red.mutex, sure=None, names=["red"])
claims.holds("two", blue.mutex, sure=None, names=["blue"])
claims.waits("one", "lock", blue.mutex, names=["mutex"])
claims.waits("two", "lock", red.mutex, names=["mutex"])
claims.deadlock("one", "two", kinds=["lock"])
claims.hint("lock-cycle")
claims.tell()
time.sleep(3600)
