"""The main thread waits for a POSIX semaphore, and is the one that the signal is sent to.

options: faulthandler, gcore
"""

import ctypes

import claims

libc = ctypes.CDLL(None)
semaphore = ctypes.create_string_buffer(32)
libc.sem_init(semaphore, 0, 0)
claims.waits("MainThread", "pthread-semaphore", addresses=[ctypes.addressof(semaphore)])
claims.tell()
libc.sem_wait(semaphore)
