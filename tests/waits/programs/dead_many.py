"""A cycle of fifty threads, and 450 more behind it."""

import threading
import time

import claims

threading.stack_size(1 << 19)
locks = [threading.Lock() for _ in range(50)]
all_hold = threading.Barrier(50)


def cycle(number):
    with locks[number]:
        all_hold.wait()
        want(number + 1)


def want(number):
    with locks[number % 50]:
        print("never")


for number in range(50):
    claims.start(f"cycle-{number}", cycle, number)
    claims.holds(f"cycle-{number}", locks[number], names=[f"locks[{number}]"])
    claims.waits(f"cycle-{number}", "lock", locks[(number + 1) % 50])
while not all(lock.locked() for lock in locks):
    time.sleep(0.01)
for number in range(450):
    claims.start(f"behind-{number}", want, number)
    claims.waits(f"behind-{number}", "lock", locks[number % 50])
claims.deadlock(*(f"cycle-{number}" for number in range(50)), kinds=["lock"], sure=True,
                behind=[f"behind-{number}" for number in range(450)])
claims.hint("lock-cycle")
claims.tell()
time.sleep(3600)
