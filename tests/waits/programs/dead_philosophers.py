"""Five threads, each with one of `forks` and waiting for the next.

options: quick, faulthandler
"""

import threading
import time

import claims

forks = [threading.Lock() for _ in range(5)]
seated = threading.Barrier(5)


def eat(seat):
    with forks[seat]:
        seated.wait()
        with forks[(seat + 1) % 5]:
            print("never")


for seat in range(5):
    after = (seat + 1) % 5
    claims.start(f"phil-{seat}", eat, seat)
    claims.holds(f"phil-{seat}", forks[seat], names=[f"forks[{seat}]"])
    claims.waits(f"phil-{seat}", "lock", forks[after], names=[f"forks[{after}]"])
claims.state("MainThread", "sleeping")
claims.deadlock(*(f"phil-{seat}" for seat in range(5)), kinds=["lock"], sure=True)
claims.hint("lock-cycle")
claims.tell()
time.sleep(3600)
