"""Two modules that import each other, with a lock of the program's between."""

import sys
import threading
import time

import claims

with open("settings.py", "w") as file:
    file.write("import __main__\n__main__.importing.set()\n__main__.held.wait()\n"
               "with __main__.registry:\n    pass\n")

registry = threading.Lock()
importing = threading.Event()
held = threading.Event()


def load():
    import settings


def register():
    importing.wait()
    with registry:
        held.set()
        import settings


sys.path.insert(0, ".")
claims.start("load", load)
claims.start("register", register)
claims.holds("register", registry)
claims.waits("load", "lock", registry, names=["registry"])
held.wait()
lock = claims.import_lock("settings")
claims.waits("register", "import-lock", names=["settings"], addresses=[lock])
claims.holds("load", None, "import-lock", address=lock, sure=None)
claims.deadlock("load", "register", kinds=["mixed", "import"], sure=True)
claims.hint("import-deadlock")
claims.tell()
time.sleep(3600)
