"""Locks used as signals: each thread waits for one that the other will release, not for itself."""

import threading
import time

import claims

request = threading.Lock()
reply = threading.Lock()
request.acquire()
reply.acquire()
asked = []


def server():
    while True:
        request.acquire()
        asked.append(1)
        reply.release()


def client():
    while True:
        time.sleep(0.002)
        request.release()
        reply.acquire()


claims.start("server", server)
claims.start("client", client)
claims.tell(lambda: len(asked) > 20)
time.sleep(3600)
