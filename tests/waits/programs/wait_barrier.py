"""Two of three threads before a Barrier, one of them with a timeout."""

import threading
import time

import claims

start_line = threading.Barrier(3)


def line_up(timeout):
    start_line.wait(timeout)


claims.start("one", line_up, None)
claims.start("two", line_up, 3000)
claims.waits("one", "barrier", start_line, names=["start_line"])
claims.waits("two", "barrier", start_line, names=["start_line"], timed=True)
claims.tell(lambda: start_line.n_waiting == 2)
time.sleep(3600)
