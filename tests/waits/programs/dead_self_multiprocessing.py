"""A Lock of multiprocessing, which records who has it, taken twice by one thread."""

import multiprocessing
import threading
import time

import claims

shared = multiprocessing.get_context("fork").Lock()
taken = threading.Event()


def store():
    with shared:
        taken.set()
        with shared:
            print("never")


claims.start("store", store)
claims.waits("store", "process-semaphore", names=["shared"],
             addresses=[id(shared), id(shared._semlock)])
for address in (id(shared), id(shared._semlock)):
    claims.holds("store", None, "process-semaphore", address=address, sure=None)
claims.deadlock("store", kinds=["self"])
claims.hint("self-deadlock")
claims.tell(taken.is_set)
time.sleep(3600)
