"""Conditions: wait, wait_for, with a timeout, and of a class's own."""

import threading
import time

import claims

arrived = threading.Condition()


class Mailbox:
    def __init__(self):
        self.filled = threading.Condition(threading.Lock())

    def read(self):
        with self.filled:
            self.filled.wait()


def wait():
    with arrived:
        arrived.wait()


def wait_for():
    with arrived:
        arrived.wait_for(lambda: False)


def with_timeout():
    with arrived:
        arrived.wait(3000)


mailbox = Mailbox()
claims.waits("wait", "condition", arrived, names=["arrived"])
claims.waits("wait_for", "condition", arrived, names=["arrived"])
claims.waits("with_timeout", "condition", arrived, names=["arrived"], timed=True)
claims.waits("read", "condition", mailbox.filled, names=["filled"])
for work in (wait, wait_for, with_timeout, mailbox.read):
    claims.start(work.__name__, work)
claims.tell()
time.sleep(3600)
