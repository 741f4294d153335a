"""One thread takes an RLock five times and works; nobody waits for itself."""

import threading
import time

import claims

tree = threading.RLock()
deep = []


def descend(depth):
    with tree:
        if depth:
            descend(depth - 1)
        else:
            deep.append(1)
            time.sleep(3000)


claims.start("walker", descend, 5)
claims.holds("walker", tree, "rlock", names=["tree"])
claims.state("walker", "sleeping")
claims.tell(lambda: deep)
time.sleep(3600)
