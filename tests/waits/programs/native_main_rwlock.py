"""The main thread waits for a pthread rwlock, and is the one that the signal is sent to.

options: faulthandler, gcore
"""

import ctypes
import threading

import claims

libc = ctypes.CDLL(None)
rwlock = ctypes.create_string_buffer(56)
held = threading.Event()


def hold():
    libc.pthread_rwlock_wrlock(rwlock)
    held.set()
    libc.pause()


claims.start("holder", hold)
held.wait()
claims.holds("holder", None, "pthread-rwlock", address=ctypes.addressof(rwlock))
claims.waits("MainThread", "pthread-rwlock", addresses=[ctypes.addressof(rwlock)])
claims.tell()
libc.pthread_rwlock_rdlock(rwlock)
