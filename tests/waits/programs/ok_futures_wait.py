"""Threads that wait for futures in each way there is, while the pool works."""

import time
from concurrent.futures import ThreadPoolExecutor, as_completed, wait

import claims

begun = []


def task():
    begun.append(1)
    time.sleep(3000)


pool = ThreadPoolExecutor(2, thread_name_prefix="pool")
futures = [pool.submit(task), pool.submit(task)]
claims.start("result", futures[0].result)
claims.start("wait", wait, futures)
claims.start("completed", lambda: list(as_completed(futures)))
claims.waits("result", "future", futures[0], where=False)
claims.state("wait", "waiting*")
claims.state("completed", "waiting*")
claims.state("pool_0", "sleeping")
claims.tell(lambda: len(begun) == 2)
time.sleep(3600)
