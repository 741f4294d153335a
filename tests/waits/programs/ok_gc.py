"""Garbage collection without end, of cycles that have a finalizer which takes a lock."""

import gc
import threading

import claims

lock = threading.RLock()
collected = []


class Node:
    def __init__(self):
        self.me = self

    def __del__(self):
        with lock:
            collected.append(1)


def churn():
    while True:
        for _ in range(100):
            Node()
        gc.collect()


for number in range(2):
    claims.start(f"churn-{number}", churn)
claims.tell(lambda: len(collected) > 1000)
churn()
