"""Timers that are not due yet, and one that starts itself anew."""

import threading
import time

import claims

ticks = []


def tick():
    ticks.append(1)
    threading.Timer(0.01, tick).start()


for _ in range(3):
    threading.Timer(3000, print).start()
tick()
claims.tell(lambda: len(ticks) > 10)
time.sleep(3600)
