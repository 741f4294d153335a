"""The main thread waits for a pthread mutex, and is the one that the signal is sent to.

options: faulthandler, gcore
"""

import ctypes
import threading

import claims

libc = ctypes.CDLL(None)
mutex = ctypes.create_string_buffer(40)
held = threading.Event()


def hold():
    libc.pthread_mutex_lock(mutex)
    held.set()
    libc.pause()


claims.start("holder", hold)
held.wait()
claims.holds("holder", None, "pthread-mutex", address=ctypes.addressof(mutex))
claims.waits("MainThread", "pthread-mutex", addresses=[ctypes.addressof(mutex)])
claims.tell()
libc.pthread_mutex_lock(mutex)
