"""The main thread sleeps, and is the one that the signal is sent to.

options: faulthandler, gcore
"""

import time

import claims

claims.state("MainThread", "sleeping")
claims.tell()
time.sleep(3600)
