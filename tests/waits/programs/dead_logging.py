"""A logging handler's RLock against a lock of the program's, taken while a message is written."""

import logging
import threading
import time

import claims

cache = threading.Lock()
both = threading.Barrier(2)


class Entry:
    def __str__(self):
        both.wait()
        with cache:
            return "never"


def log():
    logger.warning("%s", Entry())


def drop():
    with cache:
        both.wait()
        logger.warning("dropped")


class Handler(logging.Handler):
    def emit(self, record):
        self.format(record)


handler = Handler()
logger = logging.getLogger("app")
logger.addHandler(handler)
claims.start("log", log)
claims.start("drop", drop)
claims.holds("log", handler.lock, "rlock")
claims.holds("drop", cache, names=["cache"])
claims.waits("log", "lock", cache, names=["cache"])
claims.waits("drop", "rlock", handler.lock)
claims.deadlock("log", "drop", kinds=["lock"], sure=True)
claims.hint("lock-cycle")
claims.tell()
time.sleep(3600)
