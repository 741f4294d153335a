"""Two threads took two locks in two orders, one after the other: nobody holds any now."""

import threading
import time

import claims

a = threading.Lock()
b = threading.Lock()
done = []


def forward():
    with a:
        with b:
            pass
    done.append(1)
    time.sleep(3000)


def backward():
    with b:
        with a:
            pass
    done.append(1)
    time.sleep(3000)


claims.start("forward", forward)
claims.start("backward", backward)
claims.state("forward", "sleeping")
claims.state("backward", "sleeping")
claims.tell(lambda: len(done) == 2 and claims.asleep("forward") and
            claims.asleep("backward"))
time.sleep(3600)
