"""The main program is over and waits for a thread that is none of the daemons, which sleeps."""

import time

import claims


def work():
    time.sleep(3000)


claims.start("worker", work)
claims.start("service", work, daemon=True)
claims.state("worker", "sleeping")
claims.waits("MainThread", "thread", joins="worker", where=False)
claims.state("MainThread", "waiting for*", "finalizing")
claims.hint("finalization-stuck")
claims.tell()
