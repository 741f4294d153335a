"""A pool of one thread waits for a future that only it could run: no cycle of owners."""

import time
from concurrent.futures import ThreadPoolExecutor

import claims

pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pool")
inner = []


def outer():
    inner.append(pool.submit(pow, 2, 3))
    return inner[0].result()


pool.submit(outer)
while not inner:
    time.sleep(0.01)
claims.waits("pool_0", "future", inner[0])
claims.tell()
time.sleep(3600)
