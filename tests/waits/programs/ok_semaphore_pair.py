"""Two threads have one of two places each and wait for a lock; its holder waits for a third place
that the main thread, asleep, will give back."""

import threading
import time

import claims

places = threading.Semaphore(3)
lock = threading.Lock()
inside = threading.Barrier(3)


def sit():
    with places:
        inside.wait()
        while not lock.locked():
            time.sleep(0.01)
        with lock:
            print("later")


def want_place():
    inside.wait()
    with lock:
        places.acquire()


places.acquire()
for number in range(2):
    claims.start(f"sits-{number}", sit)
    claims.holds(f"sits-{number}", places, "semaphore", sure=None)
    claims.waits(f"sits-{number}", "lock", lock, names=["lock"])
claims.start("wants", want_place)
claims.waits("wants", "semaphore", places, names=["places"])
claims.holds("wants", lock, names=["lock"])
claims.tell()
time.sleep(3600)
