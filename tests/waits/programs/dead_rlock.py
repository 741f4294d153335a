"""Two RLocks in two orders, each taken more than once, by `with` and by `acquire()`.

options: faulthandler
"""

import threading
import time

import claims

tree = threading.RLock()
index = threading.RLock()
both = threading.Barrier(2)


def update():
    with tree:
        with tree:
            both.wait()
            index.acquire()


def search():
    index.acquire()
    index.acquire()
    index.acquire()
    index.release()
    both.wait()
    with tree:
        print("never")


claims.start("update", update)
claims.start("search", search)
claims.holds("update", tree, "rlock", names=["tree"])
claims.holds("search", index, "rlock", names=["index"])
claims.waits("update", "rlock", index, names=["index"])
claims.waits("search", "rlock", tree, names=["tree"])
claims.deadlock("update", "search", kinds=["lock"], sure=True)
claims.hint("lock-cycle")
claims.tell()
time.sleep(3600)
