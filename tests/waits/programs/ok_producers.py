"""Producers and consumers at both ends of a small queue.

options: quick
"""

import queue
import threading

import claims

jobs = queue.Queue(4)
eaten = []


def produce(number):
    while True:
        jobs.put(number)


def consume():
    while True:
        eaten.append(jobs.get())
        jobs.task_done()


for number in range(3):
    claims.start(f"producer-{number}", produce, number)
    claims.start(f"consumer-{number}", consume)
claims.tell(lambda: len(eaten) > 500)
threading.Event().wait()
