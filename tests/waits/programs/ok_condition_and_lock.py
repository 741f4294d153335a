"""Two threads wait for conditions, each inside the other's `with`: neither has a lock any more."""

import threading
import time

import claims

first = threading.Condition(threading.Lock())
second = threading.Condition(threading.RLock())


def wait_first():
    with first:
        first.wait()


def wait_second():
    with second:
        with second:
            second.wait()


def look():
    while True:
        with first, second:
            looks.append(1)
        time.sleep(0.01)


looks = []
claims.start("one", wait_first)
claims.start("two", wait_second)
claims.waits("one", "condition", first, names=["first"])
claims.waits("two", "condition", second, names=["second"])
while not (first._waiters and second._waiters):
    time.sleep(0.01)
claims.start("looker", look)
claims.tell(lambda: len(looks) > 3)
time.sleep(3600)
