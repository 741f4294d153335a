"""Five hundred threads behind fifty locks, whose holders are asleep."""

import threading
import time

import claims

threading.stack_size(1 << 19)


class Shard:
    def __init__(self):
        self._lock = threading.Lock()

    def hold(self):
        with self._lock:
            time.sleep(3000)

    def use(self):
        with self._lock:
            print("later")


shards = {f"shard-{number}": Shard() for number in range(50)}
for number, shard in enumerate(shards.values()):
    claims.start(f"holder-{number}", shard.hold)
    claims.holds(f"holder-{number}", shard._lock, names=["_lock"])
    claims.state(f"holder-{number}", "sleeping")
while not all(shard._lock.locked() for shard in shards.values()):
    time.sleep(0.01)
for number in range(500):
    shard = shards[f"shard-{number % 50}"]
    claims.start(f"user-{number}", shard.use)
    claims.waits(f"user-{number}", "lock", shard._lock, names=["_lock"])
claims.tell()
time.sleep(3600)
