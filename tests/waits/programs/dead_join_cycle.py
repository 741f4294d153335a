"""Two threads that join each other."""

import threading
import time

import claims

started = threading.Event()
threads = {}


def wait_for(name):
    started.wait()
    threads[name].join()


threads["ping"] = claims.start("ping", wait_for, "pong")
threads["pong"] = claims.start("pong", wait_for, "ping")
started.set()
claims.waits("ping", "thread", joins="pong")
claims.waits("pong", "thread", joins="ping")
claims.deadlock("ping", "pong", kinds=["join"], sure=True)
claims.hint("join-cycle")
claims.tell()
time.sleep(3600)
