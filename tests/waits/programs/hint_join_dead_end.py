"""The main thread joins a thread that waits for an Event of which nobody else knows."""

import threading
import time

import claims


def wait():
    nobodys = threading.Event()
    claims.waits("worker", "event", nobodys, names=["nobodys"])
    nobodys.wait()


worker = claims.start("worker", wait)
while not claims._waits:
    time.sleep(0.01)
claims.waits("MainThread", "thread", joins="worker")
claims.hint("join-dead-end")
claims.tell()
worker.join()
