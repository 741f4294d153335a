"""A thread pool that has done its work and waits for more.

options: quick
"""

import time
from concurrent.futures import ThreadPoolExecutor

import claims

pool = ThreadPoolExecutor(4, thread_name_prefix="pool")
gate = claims.threading.Barrier(4)
list(pool.map(lambda number: gate.wait(), range(4)))
for number in range(4):
    claims.waits(f"pool_{number}", "simple-queue", pool._work_queue, where=False)
claims.tell()
time.sleep(3600)
