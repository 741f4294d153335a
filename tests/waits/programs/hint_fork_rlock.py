"""A child of os.fork() wants an RLock that a thread of its parent had at that moment."""

import os
import threading
import time

import claims

lock = threading.RLock()


def work():
    with lock:
        time.sleep(3000)


threading.Thread(target=work, name="worker", daemon=True).start()
while " owner=0 " in repr(lock):
    time.sleep(0.01)
if os.fork() == 0:
    claims.waits("MainThread", "rlock", lock, names=["lock"])
    claims.orphan(lock)
    claims.hint("fork-with-threads|orphaned-lock")
    claims.tell()
    with lock:
        print("never")
time.sleep(60)
