"""Everybody waits for everybody else's next job: nothing runs, and no lock is in the way."""

import queue

import claims

there = queue.Queue()
back = queue.Queue()


def serve():
    while True:
        back.put(there.get())


for number in range(3):
    claims.start(f"server-{number}", serve)
    claims.waits(f"server-{number}", "queue", there, names=["there"])
claims.waits("MainThread", "queue", back, names=["back"])
claims.hint("all-idle")
claims.tell()
back.get()
