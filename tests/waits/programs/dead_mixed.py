"""Five threads through a Lock, an RLock, the lock of a Condition, a join and the lock of an import."""

import sys
import threading
import time

import claims

with open("slow_module.py", "w") as file:
    file.write("import __main__\n__main__.importing.set()\nwith __main__.lock:\n    pass\n")

lock = threading.Lock()
rlock = threading.RLock()
condition = threading.Condition()
importing = threading.Event()
all_hold = threading.Barrier(4)


def importer():
    all_hold.wait()
    import slow_module  # waits for `lock`, with the lock of the import


def with_lock():
    with lock:
        all_hold.wait()
        with rlock:
            print("never")


def with_rlock():
    with rlock:
        all_hold.wait()
        with condition:
            print("never")


def with_condition():
    with condition:
        all_hold.wait()
        joined.join()


def late_importer():
    importing.wait()
    import slow_module  # waits for `importer`


sys.path.insert(0, ".")
joined = claims.start("late_importer", late_importer)
for work in (importer, with_lock, with_rlock, with_condition):
    claims.start(work.__name__, work)
claims.waits("importer", "lock", lock, names=["lock"])
claims.waits("with_lock", "rlock", rlock, names=["rlock"])
claims.waits("with_rlock", "rlock", condition._lock, names=["condition", "condition._lock"])
claims.waits("with_condition", "thread", joins="late_importer")
importing.wait()
slow = claims.import_lock("slow_module")
claims.waits("late_importer", "import-lock", names=["slow_module"], addresses=[slow])
claims.holds("importer", None, "import-lock", address=slow, sure=None)
claims.holds("with_lock", lock)
claims.holds("with_rlock", rlock, "rlock")
claims.holds("with_condition", condition._lock, "rlock")
claims.deadlock("importer", "with_lock", "with_rlock", "with_condition", "late_importer",
                kinds=["mixed"], sure=True)
claims.hint("lock-cycle|import-deadlock")
claims.tell()
time.sleep(3600)
