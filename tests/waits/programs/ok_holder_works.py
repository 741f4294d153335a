"""One thread computes under the lock that four others want.

options: quick, faulthandler
"""

import threading
import time

import claims

lock = threading.Lock()
steps = []


def compute():
    with lock:
        number = 0
        while True:
            number += 1
            if number == 1000:
                steps.append(number)


def use():
    while not steps:
        time.sleep(0.01)
    with lock:
        print("never")


claims.start("holder", compute)
claims.holds("holder", lock, names=["lock"])
for number in range(4):
    claims.start(f"user-{number}", use)
    claims.waits(f"user-{number}", "lock", lock, names=["lock"])
claims.state("holder", "running*", "waiting for GIL")
claims.tell()
time.sleep(3600)
