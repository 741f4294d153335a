"""Pthread rwlocks: readers and a writer wait for a writer, and a writer for a reader.

options: quick
"""

import ctypes
import signal
import threading

import claims

libc = ctypes.CDLL(None)
written = ctypes.create_string_buffer(56)
read = ctypes.create_string_buffer(56)


def hold(lock, rwlock, held):
    lock(rwlock)
    held.set()
    libc.pause()


def want(lock, rwlock):
    lock(rwlock)


def start_holder(name, lock, rwlock):
    held = threading.Event()
    claims.start(name, hold, lock, rwlock, held)
    held.wait()


start_holder("writer", libc.pthread_rwlock_wrlock, written)
start_holder("reader", libc.pthread_rwlock_rdlock, read)
claims.holds("writer", None, "pthread-rwlock", address=ctypes.addressof(written))
for name, lock, rwlock in (("second reader", libc.pthread_rwlock_rdlock, written),
                           ("second writer", libc.pthread_rwlock_wrlock, written),
                           ("third reader", libc.pthread_rwlock_rdlock, written),
                           ("writer of what is read", libc.pthread_rwlock_wrlock, read)):
    claims.start(name, want, lock, rwlock)
    claims.waits(name, "pthread-rwlock", addresses=[ctypes.addressof(rwlock)])
claims.tell()
signal.pause()
