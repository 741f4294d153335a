"""Futures: result(), exception(), wait(), as_completed() and the end of the executor."""

import time
from concurrent.futures import Future, ThreadPoolExecutor, wait

import claims

answer = Future()
begun = []


def result():
    answer.result()


def exception():
    answer.exception(timeout=3000)


def wait_for_all():
    wait([answer])


def task():
    begun.append(1)
    time.sleep(3000)


def shutdown():
    pool.shutdown()


pool = ThreadPoolExecutor(1, thread_name_prefix="pool")
pool.submit(task)
claims.waits("result", "future", answer, names=["answer"])
claims.waits("exception", "future", answer, names=["answer"], timed=True)
claims.waits("wait_for_all", "future|event", None)
claims.waits("shutdown", "thread", joins="pool_0")
claims.state("pool_0", "sleeping")
for work in (result, exception, wait_for_all, shutdown):
    claims.start(work.__name__, work)
claims.tell(lambda: begun)
time.sleep(3600)
