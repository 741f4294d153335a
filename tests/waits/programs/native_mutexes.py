"""Pthread mutexes of every kind, each held by a thread of its own.

options: quick
"""

import ctypes
import signal
import threading
import time

import claims

libc = ctypes.CDLL(None)
DEADLINE = (ctypes.c_int64 * 2)(int(time.time()) + 3600, 0)
KINDS = {"normal": (), "recursive": ("settype", 1), "checking": ("settype", 2),
         "adaptive": ("settype", 3), "robust": ("setrobust", 1), "inheriting": ("setprotocol", 1),
         "protecting": ("setprotocol", 2), "shared": ("setpshared", 1)}


def make(change):
    attributes, mutex = ctypes.create_string_buffer(8), ctypes.create_string_buffer(40)
    libc.pthread_mutexattr_init(attributes)
    if change:
        function, value = change
        assert getattr(libc, f"pthread_mutexattr_{function}")(attributes, value) == 0
    assert libc.pthread_mutex_init(mutex, attributes) == 0
    return mutex


def hold(mutex, held):
    if libc.pthread_mutex_lock(mutex) == 0:
        held.set()
    libc.pause()


def want(mutex):
    libc.pthread_mutex_lock(mutex)


def want_for_an_hour(mutex):
    libc.pthread_mutex_timedlock(mutex, DEADLINE)


def wait_for(kind, mutex):
    held = threading.Event()
    claims.start(f"{kind} holder", hold, mutex, held)
    # A mutex with a priority ceiling may be refused to who may not have that priority.
    if not held.wait(5):
        return
    address = ctypes.addressof(mutex)
    claims.holds(f"{kind} holder", None, "pthread-mutex", address=address)
    claims.start(kind, want, mutex)
    claims.waits(kind, "pthread-mutex", addresses=[address])
    claims.start(f"{kind} timed", want_for_an_hour, mutex)
    claims.waits(f"{kind} timed", "pthread-mutex", addresses=[address], timed=True)


mutexes = {kind: make(change) for kind, change in KINDS.items()}
for kind, mutex in mutexes.items():
    wait_for(kind, mutex)
claims.tell()
signal.pause()
