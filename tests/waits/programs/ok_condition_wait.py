"""Three threads wait for a condition, one with a timeout; the one that will notify is asleep."""

import threading
import time

import claims

changed = threading.Condition()


def wait(timeout):
    with changed:
        changed.wait(timeout)


def wait_for():
    with changed:
        changed.wait_for(lambda: False)


def notify():
    time.sleep(3000)
    with changed:
        changed.notify_all()


claims.start("waiter", wait, None)
claims.start("patient", wait, 3000)
claims.start("predicate", wait_for)
claims.start("notifier", notify)
claims.waits("waiter", "condition", changed, names=["changed"])
claims.waits("patient", "condition", changed, names=["changed"], timed=True)
claims.waits("predicate", "condition", changed, names=["changed"])
claims.state("notifier", "sleeping")
claims.tell(lambda: len(changed._waiters) == 3)
time.sleep(3600)
