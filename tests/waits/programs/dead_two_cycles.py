"""Two cycles that have nothing to do with each other, one of them of daemon threads."""

import threading
import time

import claims

locks = {name: threading.Lock() for name in ("north", "south", "east", "west")}
pairs = {"vertical": threading.Barrier(2), "horizontal": threading.Barrier(2)}


def walk(pair, first, second):
    with locks[first]:
        pairs[pair].wait()
        with locks[second]:
            print("never")


for name, pair, first, second in (("up", "vertical", "south", "north"),
                                  ("down", "vertical", "north", "south"),
                                  ("left", "horizontal", "east", "west"),
                                  ("right", "horizontal", "west", "east")):
    claims.start(name, walk, pair, first, second, daemon=pair == "horizontal")
    claims.holds(name, locks[first], names=[f"locks['{first}']"])
    claims.waits(name, "lock", locks[second], names=[f"locks['{second}']"])
claims.deadlock("up", "down", kinds=["lock"], sure=True)
claims.deadlock("left", "right", kinds=["lock"], sure=True)
claims.hint("lock-cycle")
claims.tell()
time.sleep(3600)
