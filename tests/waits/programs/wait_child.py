"""Child processes that are waited for, by os and by subprocess and by multiprocessing."""

import multiprocessing
import os
import subprocess
import sys
import time

import claims

sleeper = os.fork()
if sleeper == 0:
    time.sleep(60)
    os._exit(0)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
process = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,))
process.start()


def by_os():
    os.waitpid(sleeper, 0)


def by_subprocess():
    child.wait()


def by_multiprocessing():
    process.join()


for work in (by_os, by_subprocess, by_multiprocessing):
    claims.start(work.__name__, work)
    claims.waits(work.__name__, "child-process")
claims.holds("by_subprocess", child._waitpid_lock)
claims.tell()
time.sleep(3600)
