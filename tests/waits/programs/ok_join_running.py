"""The main thread joins one that computes, as a third does."""

import claims

steps = []


def compute():
    number = 0
    while True:
        number += 1
        if number == 1000:
            steps.append(1)


worker = claims.start("worker", compute)
claims.start("joins", worker.join)
claims.waits("MainThread", "thread", joins="worker")
claims.waits("joins", "thread", joins="worker", where=False)
claims.state("worker", "running*", "waiting for GIL")
claims.tell(lambda: steps)
worker.join()
