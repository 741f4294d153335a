"""120 threads that wait in five different ways, and one that `threading` does not know."""

import _thread
import queue
import threading
import time

from truth import tell

threading.stack_size(256 * 1024)
never = threading.Event()
jobs = queue.Queue()
mutex = threading.Lock()
condition = threading.Condition()
mutex.acquire()


def wait_event():
    never.wait()


def wait_queue():
    jobs.get()


def wait_lock():
    mutex.acquire()


def wait_condition():
    with condition:
        condition.wait(3600)


def nap():
    time.sleep(3600)


def enter(depth, target):
    target() if depth == 0 else enter(depth - 1, target)


targets = [wait_event, wait_queue, wait_lock, wait_condition, nap]
for number in range(120):
    target = targets[number % 5]
    name = f"{target.__name__}-{number:03}"
    threading.Thread(target=enter, args=(number % 7, target), name=name, daemon=True).start()
_thread.start_new_thread(nap, ())
time.sleep(1.5)
tell(), time.sleep(3600)
