"""A Lock acquired in one thread, which went on to other things, for another one to release."""

import threading
import time

import claims

baton = threading.Lock()
handed = threading.Event()
other = threading.Lock()


def take():
    baton.acquire()
    handed.set()
    with other:
        time.sleep(3000)


def give_back():
    handed.wait()
    time.sleep(3000)
    baton.release()


def want():
    handed.wait()
    with baton:
        print("later")


claims.start("taker", take)
claims.start("giver", give_back)
claims.start("wanter", want)
claims.waits("wanter", "lock", baton, names=["baton"])
claims.holds("taker", baton, sure=False)
claims.holds("taker", other)
claims.state("giver", "sleeping")
claims.tell()
time.sleep(3600)
