"""A process of multiprocessing's fork method wants a lock that a thread of its parent had."""

import multiprocessing
import threading
import time

import claims

lock = threading.RLock()


def work():
    with lock:
        time.sleep(3000)


def child():
    claims.waits("MainThread", "rlock", lock, names=["lock"])
    claims.orphan(lock)
    claims.hint("fork-with-threads")
    claims.tell()
    with lock:
        print("never")


threading.Thread(target=work, name="worker", daemon=True).start()
while " owner=0 " in repr(lock):
    time.sleep(0.01)
process = multiprocessing.get_context("fork").Process(target=child)
process.start()
process.join()
time.sleep(60)
