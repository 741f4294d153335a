"""POSIX semaphores that C code waits for: of this process, of several, and with a timeout.

options: quick
"""

import ctypes
import signal
import time

import claims

libc = ctypes.CDLL(None)
DEADLINE = (ctypes.c_int64 * 2)(int(time.time()) + 3600, 0)
own, shared, timed = (ctypes.create_string_buffer(32) for _ in range(3))
libc.sem_init(own, 0, 0)
libc.sem_init(shared, 1, 0)
libc.sem_init(timed, 0, 0)


def wait(semaphore):
    libc.sem_wait(semaphore)


def wait_for_an_hour(semaphore):
    libc.sem_timedwait(semaphore, DEADLINE)


for name, semaphore in (("own", own), ("another", own), ("shared", shared)):
    claims.start(name, wait, semaphore)
    claims.waits(name, "pthread-semaphore", addresses=[ctypes.addressof(semaphore)])
claims.start("timed", wait_for_an_hour, timed)
claims.waits("timed", "pthread-semaphore", addresses=[ctypes.addressof(timed)], timed=True)
claims.tell()
signal.pause()
