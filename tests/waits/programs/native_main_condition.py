"""The main thread waits for a pthread condition, and is the one that the signal is sent to.

options: faulthandler, gcore
"""

import ctypes

import claims

libc = ctypes.CDLL(None)
condition = ctypes.create_string_buffer(48)
mutex = ctypes.create_string_buffer(40)
claims.waits("MainThread", "pthread-condition", addresses=[ctypes.addressof(condition)])
claims.tell()
libc.pthread_mutex_lock(mutex)
libc.pthread_cond_wait(condition, mutex)
