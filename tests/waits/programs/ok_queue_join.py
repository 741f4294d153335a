"""The main thread joins a queue whose jobs are being done."""

import queue
import time

import claims

jobs = queue.Queue()
begun = []


def work():
    while True:
        jobs.get()
        begun.append(1)
        time.sleep(3000)
        jobs.task_done()


for number in range(2):
    claims.start(f"worker-{number}", work, daemon=True)
    jobs.put(number)
claims.waits("MainThread", "queue", jobs, names=["jobs"])
claims.tell(lambda: len(begun) == 2)
jobs.join()
