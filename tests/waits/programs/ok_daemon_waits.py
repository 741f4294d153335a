"""A service thread waits for jobs for ever, under no lock; the main program works.

options: gcore
"""

import queue

import claims

jobs = queue.SimpleQueue()
steps = []


def serve():
    while True:
        jobs.get()


claims.start("service", serve, daemon=True)
claims.waits("service", "simple-queue", jobs, names=["jobs"])
claims.tell(lambda: len(steps) > 10)
while True:
    del steps[100:]
    steps.append(sum(range(1000)))
