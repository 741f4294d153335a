"""Two cycles of locks, threads behind them, and one thread before each of the everyday primitives."""

import queue
import threading
import time

from truth import tell

forks = [threading.Lock() for _ in range(3)]
journal = threading.RLock()
cache = threading.Lock()
stock = threading.Condition()
opened = threading.Event()
jobs = queue.Queue()
all_hold_one = threading.Barrier(6)


def eat(seat):
    with forks[seat]:
        all_hold_one.wait()
        with forks[(seat + 1) % 3]:
            print("never")


class Store:
    def __init__(self):
        self._lock = threading.Lock()

    def save(self):
        with self._lock:
            all_hold_one.wait()
            with journal:
                print("never")


def close_day():
    with journal, journal:
        all_hold_one.wait()
        store.save()


def hungry():
    with forks[0]:
        print("never")


def refresh():
    with cache:
        all_hold_one.wait()
        time.sleep(3600)


def read():
    cache.acquire(timeout=3600)


def sell():
    with stock:
        stock.wait()


store = Store()
work = {
    "phil-0": lambda: eat(0),
    "phil-1": lambda: eat(1),
    "phil-2": lambda: eat(2),
    "store": store.save,
    "book": close_day,
    "refresh": refresh,
}
later = {
    "hungry": hungry,
    "read": read,
    "sell": sell,
    "open": opened.wait,
    "job": jobs.get,
}


def start(named):
    threads = [threading.Thread(target=target, name=name) for name, target in named.items()]
    for thread in threads:
        thread.start()
    return threads


first = start(work)
while any(not lock.locked() for lock in (*forks, cache)):
    time.sleep(0.01)
time.sleep(0.2)
start(later)
joiner = threading.Thread(target=first[0].join, name="joiner")
joiner.start()
time.sleep(0.5)
tell(), time.sleep(3600)
