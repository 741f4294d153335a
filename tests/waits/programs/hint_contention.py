"""Forty threads wait for one lock, whose holder reads from a pipe.

options: quick
"""

import os
import threading
import time

import claims

table = threading.Lock()
source, sink = os.pipe()


def hold():
    with table:
        os.read(source, 1)


def want():
    with table:
        print("later")


claims.start("holder", hold)
claims.holds("holder", table, names=["table"])
claims.state("holder", "in system call")
while not table.locked():
    time.sleep(0.01)
for number in range(40):
    claims.start(f"user-{number}", want)
    claims.waits(f"user-{number}", "lock", table, names=["table"])
claims.hint("contention")
claims.tell()
time.sleep(3600)
