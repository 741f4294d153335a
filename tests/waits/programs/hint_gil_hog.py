"""A regular expression backtracks for ages with the GIL in its hands; three threads want it."""

import re
import threading

import claims

begun = []


def spin():
    begun.append(1)
    while True:
        pass


def match():
    claims.tell_now()
    re.match("(a+)+$", "a" * 60 + "b")


for number in range(3):
    claims.start(f"spinner-{number}", spin)
    claims.waits(f"spinner-{number}", "gil", where=False, settled=False)
while len(begun) < 3:
    pass
claims.gil("hog")
claims.hint("gil-hog")
go = threading.Event()
hog = threading.Thread(target=lambda: (go.wait(), match()), name="hog")
hog.start()
claims.state("hog", "running C")
go.set()
hog.join()
