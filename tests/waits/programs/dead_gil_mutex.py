"""One thread has a pthread mutex and wants the GIL, the other has the GIL and wants the mutex.

options: quick
"""

import ctypes
import threading
import time

import claims

releases_gil = ctypes.CDLL(None)
keeps_gil = ctypes.PyDLL(None)
mutex = ctypes.create_string_buffer(40)
locked = threading.Event()
go = threading.Event()


def with_mutex():
    releases_gil.pthread_mutex_lock(mutex)
    locked.set()
    while True:
        pass


def with_gil():
    go.wait()
    keeps_gil.pthread_mutex_lock(mutex)


claims.start("with_mutex", with_mutex)
claims.start("with_gil", with_gil)
locked.wait()
claims.waits("with_mutex", "gil", where=False, settled=False)
claims.waits("MainThread", "gil", where=False, settled=False)
claims.waits("with_gil", "pthread-mutex", addresses=[ctypes.addressof(mutex)], where=False,
             settled=False)
claims.holds("with_mutex", None, "pthread-mutex", address=ctypes.addressof(mutex))
claims.gil("with_gil")
claims.deadlock("with_gil", "with_mutex", kinds=["gil"], sure=True, behind=["MainThread"])
claims.hint("gil-and-lock")
claims.tell_now()
go.set()
while True:
    time.sleep(0.001)
