"""The interpreter is at its end, in a finalizer that sleeps, while a daemon thread is in C code."""

import hashlib
import sys
import time

import claims

begun = []


class Slow:
    def __del__(self, sleep=time.sleep):
        sleep(3000)


def derive():
    begun.append(1)
    hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 2_000_000_000)


# What the frames of the daemon refer to is not let go of.
sys.slow = Slow()
claims.start("daemon", derive, daemon=True)
while not begun:
    time.sleep(0.01)
claims.state("daemon", "running C")
claims.state("MainThread", "sleeping", "finalizing")
claims.hint("daemon-at-exit")
claims.tell_now()
