"""Three threads in a lock cycle, two more waiting at its edge, the main thread joining."""

import threading
import time

from truth import tell

accounts = threading.Lock()
orders = threading.Lock()
journal = threading.RLock()
all_hold_one = threading.Barrier(3)


def transfer():
    with accounts:
        all_hold_one.wait()
        with orders:
            print("never")


def ship():
    with orders:
        all_hold_one.wait()
        with journal:
            print("never")


class Bookkeeper:
    def close_day(self):
        with journal:
            all_hold_one.wait()
            self.post()

    def post(self):
        accounts.acquire()


def audit():
    time.sleep(0.2)
    with journal:
        print("never")


def report():
    time.sleep(0.2)
    orders.acquire(timeout=3600)


def watch():
    time.sleep(1)
    tell(), time.sleep(3600)


work = {
    "transfer": transfer,
    "ship": ship,
    "bookkeeper": Bookkeeper().close_day,
    "audit": audit,
    "report": report,
    "watch": watch,
}
threads = [threading.Thread(target=target, name=name) for name, target in work.items()]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
