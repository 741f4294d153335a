"""The objects of the pthread library, awaited by C code that let go of the GIL.

options: quick
"""

import ctypes
import os
import threading
import time

import claims

libc = ctypes.CDLL(None)
mutex = ctypes.create_string_buffer(40)
written = ctypes.create_string_buffer(56)
being_read = ctypes.create_string_buffer(56)
condition = ctypes.create_string_buffer(48)
its_mutex = ctypes.create_string_buffer(40)
semaphore = ctypes.create_string_buffer(32)
native = ctypes.c_ulong()


def hold():
    libc.pthread_mutex_lock(mutex)
    libc.pthread_rwlock_wrlock(written)
    libc.pthread_rwlock_rdlock(being_read)
    held.set()
    time.sleep(3000)


def on_mutex():
    libc.pthread_mutex_lock(mutex)


def reader():
    libc.pthread_rwlock_rdlock(written)


def writer():
    libc.pthread_rwlock_wrlock(being_read)


def on_condition():
    libc.pthread_mutex_lock(its_mutex)
    libc.pthread_cond_wait(condition, its_mutex)


def on_semaphore():
    libc.sem_wait(semaphore)


def joins():
    libc.pthread_join(native, None)


held = threading.Event()
claims.start("holder", hold)
held.wait()
before = set(os.listdir("/proc/self/task"))
libc.pthread_create(ctypes.byref(native), None, libc.pause, None)
(tid,) = set(os.listdir("/proc/self/task")) - before
claims.knows("native", None, int(tid))
for work, kind, what in ((on_mutex, "pthread-mutex", mutex), (reader, "pthread-rwlock", written),
                         (writer, "pthread-rwlock", being_read),
                         (on_condition, "pthread-condition", condition),
                         (on_semaphore, "pthread-semaphore", semaphore)):
    claims.start(work.__name__, work)
    claims.waits(work.__name__, kind, addresses=[ctypes.addressof(what)])
claims.start("joins", joins)
claims.waits("joins", "pthread-join", joins="native")
claims.holds("holder", None, "pthread-mutex", address=ctypes.addressof(mutex))
claims.holds("holder", None, "pthread-rwlock", address=ctypes.addressof(written))
claims.state("holder", "sleeping")
claims.state("native", "in system call", "sleeping")
claims.tell()
time.sleep(3600)
