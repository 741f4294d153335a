"""The main thread is in the cycle, and the one that gets the signal.

options: quick, faulthandler
"""

import threading

import claims

config = threading.Lock()
cache = threading.RLock()
both = threading.Barrier(2)


def refresh():
    with cache:
        both.wait()
        with config:
            print("never")


def main():
    with config:
        both.wait()
        with cache:
            print("never")


claims.start("refresh", refresh)
claims.holds("MainThread", config, names=["config"])
claims.holds("refresh", cache, "rlock", names=["cache"])
claims.waits("MainThread", "rlock", cache, names=["cache"])
claims.waits("refresh", "lock", config, names=["config"])
claims.deadlock("MainThread", "refresh", kinds=["lock"], sure=True)
claims.hint("lock-cycle")
claims.tell()
main()
