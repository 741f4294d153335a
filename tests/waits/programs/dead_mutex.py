"""Two pthread mutexes in two orders, locked by C code that let go of the GIL."""

import ctypes
import threading
import time

import claims

libc = ctypes.CDLL(None)
first = ctypes.create_string_buffer(40)
second = ctypes.create_string_buffer(40)
both = threading.Barrier(2)


def lock(mine, other):
    libc.pthread_mutex_lock(mine)
    both.wait()
    libc.pthread_mutex_lock(other)


a, b = ctypes.addressof(first), ctypes.addressof(second)
claims.start("one", lock, first, second)
claims.start("two", lock, second, first)
claims.holds("one", None, "pthread-mutex", address=a)
claims.holds("two", None, "pthread-mutex", address=b)
claims.waits("one", "pthread-mutex", addresses=[b])
claims.waits("two", "pthread-mutex", addresses=[a])
claims.deadlock("one", "two", kinds=["mutex"], sure=True)
claims.hint("lock-cycle")
claims.tell()
time.sleep(3600)
