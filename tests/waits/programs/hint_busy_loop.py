"""A thread runs round a loop in Python for ever; the main thread joins it."""

import claims

rounds = []


def spin():
    number = 0
    while number >= 0:
        number += 1
        if number == 1000:
            rounds.append(1)


worker = claims.start("spinner", spin)
claims.state("spinner", "running*", "waiting for GIL")
claims.waits("MainThread", "thread", joins="spinner")
claims.hint("busy-loop")
claims.tell(lambda: rounds)
worker.join()
