"""Files that a child process has locked, by flock and by lockf."""

import fcntl
import os
import signal
import time

import claims

whole = open("whole", "w")
part = open("part", "w")
ready, told = os.pipe()
if os.fork() == 0:
    # Its own open file: what was inherited would share the lock.
    with open("whole", "w") as mine:
        fcntl.flock(mine, fcntl.LOCK_EX)
        fcntl.lockf(part, fcntl.LOCK_EX)
        os.write(told, b"locked")
        time.sleep(60)
        os._exit(0)
os.read(ready, 6)


def by_flock():
    fcntl.flock(whole, fcntl.LOCK_EX)


def by_lockf():
    fcntl.lockf(part, fcntl.LOCK_EX)


for work in (by_flock, by_lockf):
    claims.start(work.__name__, work)
    claims.waits(work.__name__, "file-lock")
claims.tell()
time.sleep(3600)
