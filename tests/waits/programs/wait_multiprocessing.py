"""The locks of multiprocessing, taken by the process itself.

options: quick
"""

import multiprocessing
import time

import claims

context = multiprocessing.get_context("fork")
lock = context.Lock()
rlock = context.RLock()
semaphore = context.Semaphore(1)
jobs = context.Queue()
simple = context.SimpleQueue()
lock.acquire()
rlock.acquire()
semaphore.acquire()


def with_lock():
    with lock:
        print("never")


def with_rlock():
    with rlock:
        print("never")


def with_semaphore():
    semaphore.acquire(timeout=3000)


def get():
    jobs.get()


for work, kind, what, timed in ((with_lock, "process-semaphore", lock, False),
                                (with_rlock, "process-semaphore", rlock, False),
                                (with_semaphore, "process-semaphore", semaphore, True)):
    claims.start(work.__name__, work)
    claims.waits(work.__name__, kind, addresses=[id(what), id(what._semlock)], timed=timed,
                 names=[work.__name__[5:]])
    for address in (id(what), id(what._semlock)):
        claims.holds("MainThread", None, kind, address=address, sure=None)
del work, kind, what, address
claims.start("get", get)
claims.state("get", "in system call", "waiting*")
claims.tell()
time.sleep(3600)
