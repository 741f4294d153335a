"""Producers before a full queue whose only consumer is asleep over a job."""

import queue
import time

import claims

jobs = queue.Queue(2)


def produce():
    while True:
        jobs.put(1)


def consume():
    jobs.get()
    time.sleep(3000)


claims.start("consumer", consume)
for number in range(3):
    claims.start(f"producer-{number}", produce)
    claims.waits(f"producer-{number}", "queue", jobs, names=["jobs"])
claims.state("consumer", "sleeping")
claims.tell(jobs.full)
time.sleep(3600)
