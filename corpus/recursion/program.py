"""6,000 Python frames on the main thread, and 3 x 40 frames through C on another."""

import ctypes
import sys
import threading
import time

from truth import tell

strlen = ctypes.CDLL(None).strlen
sys.setrecursionlimit(100_000)


def down(depth):
    if depth == 0:
        return up(3_000)
    return down(depth - 1)


def up(depth):
    if depth == 0:
        return bottom()
    return up(depth - 1)


def bottom():
    return tell(), strlen(1)


def through_c(depth):
    if depth == 0:
        time.sleep(3600)
    return sorted([depth], key=lambda value: list(map(through_c, [value - 1])))


threading.Thread(target=through_c, args=(40,), name="through C", daemon=True).start()
time.sleep(0.5)
down(3_000)
