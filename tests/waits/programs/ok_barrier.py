"""Three of four threads are at a barrier; the fourth is on its way."""

import threading
import time

import claims

gate = threading.Barrier(4)


def arrive():
    gate.wait()


def be_late():
    time.sleep(3000)
    gate.wait()


for number in range(3):
    claims.start(f"early-{number}", arrive)
    claims.waits(f"early-{number}", "barrier", gate, names=["gate"])
claims.start("late", be_late)
claims.state("late", "sleeping")
claims.tell(lambda: gate.n_waiting == 3)
time.sleep(3600)
