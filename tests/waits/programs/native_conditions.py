"""Pthread conditions: new ones, and those that were signalled and broadcast before; with and without
a timeout.

options: quick
"""

import ctypes
import signal
import time

import claims

libc = ctypes.CDLL(None)
DEADLINE = (ctypes.c_int64 * 2)(int(time.time()) + 3600, 0)
ROUNDS = 7
conditions = []


def wait(condition, mutex, entered):
    libc.pthread_mutex_lock(mutex)
    while True:
        entered.append(1)
        libc.pthread_cond_wait(condition, mutex)


def wait_for_an_hour(condition, mutex):
    libc.pthread_mutex_lock(mutex)
    libc.pthread_cond_timedwait(condition, mutex, DEADLINE)


def wake(condition, mutex, entered, threads, round):
    """Once all wait, wakes one of them, or all, and sees them wait again."""
    before = len(entered)
    while True:
        # Who has added its entry has the mutex until it sleeps.
        libc.pthread_mutex_lock(mutex)
        libc.pthread_mutex_unlock(mutex)
        if len(entered) >= threads:
            break
    everybody = round % 3 == 2
    (libc.pthread_cond_broadcast if everybody else libc.pthread_cond_signal)(condition)
    while len(entered) < before + (threads if everybody else 1):
        time.sleep(0.001)


def start(rounds, threads):
    condition, mutex, entered = ctypes.create_string_buffer(48), ctypes.create_string_buffer(40), []
    conditions.append((condition, mutex))
    for index in range(threads):
        name = f"{index} after {rounds}"
        claims.start(name, wait, condition, mutex, entered)
        claims.waits(name, "pthread-condition", addresses=[ctypes.addressof(condition)])
    while len(entered) < threads:
        time.sleep(0.001)
    for round in range(rounds):
        wake(condition, mutex, entered, threads, round)


for rounds in range(ROUNDS):
    start(rounds, threads=1 + rounds % 3)
timed, mutex = ctypes.create_string_buffer(48), ctypes.create_string_buffer(40)
claims.start("timed", wait_for_an_hour, timed, mutex)
claims.waits("timed", "pthread-condition", addresses=[ctypes.addressof(timed)], timed=True)
claims.tell()
signal.pause()
