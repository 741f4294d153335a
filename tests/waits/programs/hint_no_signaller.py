"""Two threads wait for an Event and a Queue of which nobody else knows."""

import queue
import threading
import time

import claims


def wait_for_event():
    nobodys = threading.Event()
    claims.waits("event", "event", nobodys, names=["nobodys"])
    nobodys.wait()


def wait_for_queue():
    nobodys = queue.Queue()
    claims.waits("queue", "queue", nobodys, names=["nobodys"])
    nobodys.get()


claims.start("event", wait_for_event)
claims.start("queue", wait_for_queue)
while len(claims._waits) < 2:
    time.sleep(0.01)
claims.hint("no-signaller")
claims.tell()
time.sleep(3600)
