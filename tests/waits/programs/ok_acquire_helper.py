"""Locks acquired in a function that has returned: two threads hold one each and do not want more."""

import threading
import time

import claims

locks = [threading.Lock(), threading.Lock()]


def take(lock):
    lock.acquire()
    return lock


def work(number):
    mine = take(locks[number])
    time.sleep(3000)
    mine.release()


def want(number):
    take(locks[number])


for number in range(2):
    claims.start(f"worker-{number}", work, number)
    claims.holds(f"worker-{number}", locks[number], sure=False)
    while not locks[number].locked():
        time.sleep(0.01)
    claims.start(f"wants-{number}", want, number)
    claims.waits(f"wants-{number}", "lock", locks[number], names=[f"locks[{number}]", "lock"])
claims.tell()
time.sleep(3600)
