"""A thread that called acquire() sleeps; three wait, one of which has another lock by acquire()."""

import threading
import time

import claims

lock = threading.Lock()
other = threading.Lock()


def sleeper():
    lock.acquire()
    time.sleep(3000)
    lock.release()


def waiter():
    lock.acquire()
    lock.release()


def waiter_with_other():
    other.acquire()
    waiter()
    other.release()


claims.start("sleeper", sleeper)
while not lock.locked():
    time.sleep(0.01)
claims.start("one", waiter)
claims.start("two", waiter)
claims.start("three", waiter_with_other)
claims.holds("sleeper", lock, sure=None)
claims.holds("three", other, sure=False)
for name in ("one", "two", "three"):
    claims.waits(name, "lock", lock, names=["lock"])
claims.state("sleeper", "sleeping")
claims.tell()
time.sleep(3600)
