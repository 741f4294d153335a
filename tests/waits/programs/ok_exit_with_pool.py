"""The program is over; the interpreter waits for a pool's last task, which sleeps."""

import time
from concurrent.futures import ThreadPoolExecutor

import claims

begun = []


def task():
    begun.append(1)
    time.sleep(3000)


pool = ThreadPoolExecutor(2, thread_name_prefix="pool")
pool.submit(task)
claims.state("pool_0", "sleeping")
claims.waits("MainThread", "thread", joins="pool_0", where=False)
claims.state("MainThread", "waiting for*", "finalizing")
claims.tell(lambda: begun)
