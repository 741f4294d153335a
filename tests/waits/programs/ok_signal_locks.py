"""Locks that stand for "go on": two workers wait for theirs and will wake each other, and the one
that wakes the first is asleep. All three know all locks."""

import threading
import time

import claims

wake = [threading.Lock(), threading.Lock()]
for lock in wake:
    lock.acquire()
del lock


def work(number):
    while True:
        wake[number].acquire()
        wake[1 - number].release()


def dispatch():
    time.sleep(3000)
    wake[0].release()


for number in range(2):
    claims.start(f"worker-{number}", work, number)
    claims.waits(f"worker-{number}", "lock", wake[number], names=[f"wake[{number}]"])
claims.start("dispatcher", dispatch)
claims.state("dispatcher", "sleeping")
claims.tell()
time.sleep(3600)
