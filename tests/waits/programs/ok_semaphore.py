"""Five workers share a semaphore of two; those who have it are asleep."""

import threading
import time

import claims

slots = threading.BoundedSemaphore(2)
inside = []


def work(number):
    with slots:
        inside.append(number)
        time.sleep(3000)


for number in range(2):
    claims.start(f"worker-{number}", work, number)
    claims.holds(f"worker-{number}", slots, "semaphore", names=["slots"])
    claims.state(f"worker-{number}", "sleeping")
while len(inside) < 2:
    time.sleep(0.01)
for number in range(2, 5):
    claims.start(f"worker-{number}", work, number)
    claims.waits(f"worker-{number}", "semaphore", slots, names=["slots"])
claims.tell()
time.sleep(3600)
