"""A child of os.fork() wants a Lock that a thread of its parent had: no memory says who had it."""

import os
import threading
import time

import claims

lock = threading.Lock()


def work():
    with lock:
        time.sleep(3000)


threading.Thread(target=work, name="worker", daemon=True).start()
while not lock.locked():
    time.sleep(0.01)
if os.fork() == 0:
    claims.waits("MainThread", "lock", lock, names=["lock"])
    claims.may_hint("fork-with-threads", "orphaned-lock")
    claims.tell()
    with lock:
        print("never")
time.sleep(60)
