"""Two threads import a module that a third is still running.

options: quick
"""

import sys
import threading
import time

import claims

with open("endless.py", "w") as file:
    file.write("import time, __main__\n__main__.running.set()\ntime.sleep(3000)\n")

running = threading.Event()


def load():
    import endless


def load_too():
    running.wait()
    import endless


def load_from():
    running.wait()
    from endless import nothing


sys.path.insert(0, ".")
claims.start("load", load)
claims.start("load_too", load_too)
claims.start("load_from", load_from)
claims.state("load", "sleeping")
running.wait()
lock = claims.import_lock("endless")
for name in ("load_too", "load_from"):
    claims.waits(name, "import-lock", names=["endless"], addresses=[lock])
claims.holds("load", None, "import-lock", address=lock, sure=None)
claims.tell()
time.sleep(3600)
