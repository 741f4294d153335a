"""The main thread joins a worker under the lock that the worker wants.

options: quick, faulthandler
"""

import threading

import claims

state = threading.Lock()
holding = threading.Event()


def work():
    holding.wait()
    with state:
        print("never")


worker = claims.start("worker", work)
claims.holds("MainThread", state, names=["state"])
claims.waits("worker", "lock", state, names=["state"])
claims.waits("MainThread", "thread", joins="worker")
claims.deadlock("MainThread", "worker", kinds=["mixed", "join", "lock"], sure=True)
claims.hint("lock-cycle")
claims.tell()
with state:
    holding.set()
    worker.join()
