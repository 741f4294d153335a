"""What a program of this folder knows of itself: it says so here, and `tell()` writes it down once the
process itself shows that it has come that far. compare.py says what is written.

Nothing of it is left in the core that could name an object or wait for one: the thread that writes
the truth ends, and what it knew is let go.
"""

import _thread
import faulthandler
import json
import os
import re
import sys
import threading
import time

if os.environ.get("CATCH_SIGNALS") == "1":
    faulthandler.enable()

FOLDER = os.getcwd()
TIME_LIMIT = 60

_waits, _states, _idents = {}, {}, {}
_holds, _orphans, _deadlocks, _hints = [], [], [], []
_extra = {}


def start(name, target, *arguments, daemon=False):
    thread = threading.Thread(target=target, args=arguments, name=name, daemon=daemon)
    thread.start()
    return thread


def waits(thread, kind, what=None, *, names=(), addresses=(), joins=None, timed=False, where=True,
          settled=True):
    """`thread` waits for `what`, known as one of `names`, on the innermost line of the program that
    it runs. `addresses`: of C objects. `joins`: the name of a thread. `settled`: it is seen to sleep."""
    _waits[thread] = {"kind": kind, "what": what, "names": names, "addresses": addresses,
                      "joins": joins, "timed": timed, "where": where, "settled": settled}


def state(thread, *states):
    _states[thread] = states


def holds(thread, what, kind="lock", *, sure=True, names=(), address=None):
    """`sure`: the report has to be certain of it; False: it need not even know."""
    _holds.append({"thread": thread, "kind": kind, "what": what, "sure": sure, "names": names,
                   "address": address})


def orphan(what):
    """An RLock whose owner is no thread of this process."""
    _orphans.append(hex(id(what)))


def deadlock(*cycle, kinds=(), sure=None, behind=()):
    """These threads wait for each other in this order; `behind`: for one of these, directly or not."""
    _deadlocks.append({"cycle": cycle, "kinds": kinds, "sure": sure, "behind": behind})


def hint(*ids):
    """The report has to give these; it may give none about deadlocks that is not named here."""
    _hints.extend(ids)


def may_hint(*ids):
    _extra.setdefault("may_hint", []).extend(ids)


def import_lock(name):
    """The address of the lock of a module that is being imported."""
    import importlib._bootstrap
    return id(importlib._bootstrap._module_locks[name]())


def gil(holder):
    """The thread that holds the GIL; None: none does."""
    _extra["gil"] = holder


def knows(thread, ident, native_id):
    """A thread that `threading` does not know."""
    _idents[thread] = (ident, native_id)


def tell(when=lambda: True):
    """Returns at once; a thread of its own waits for what was claimed, and for `when()`."""
    _thread.start_new_thread(_tell, (when,))


def tell_now():
    """For what nobody could tell any more once it has happened: nothing is waited for."""
    _write()


def _threads():
    # os.fork() leaves the main thread with the number that it had in the parent.
    known = {thread.name: (thread.ident, os.getpid() if thread is threading.main_thread()
                           else thread.native_id)
             for thread in list(threading._active.values())}
    return known | _idents


def _switches(native_id):
    """How often a thread went to sleep, None while it is awake."""
    try:
        with open(f"/proc/self/task/{native_id}/status") as file:
            words = file.read()
    except OSError:
        return None
    asleep = re.search(r"^State:\s+[SD]", words, re.M)
    return re.search(r"^voluntary_ctxt_switches:\s+(\d+)", words, re.M)[1] if asleep else None


def _place(ident):
    frame, place = sys._current_frames().get(ident), []
    while frame is not None:
        place.append((id(frame.f_code), frame.f_lasti))
        frame = frame.f_back
    return place


def asleep(thread):
    """Where a thread sleeps, and how often it did before; None while it does not."""
    ident, native_id = _threads().get(thread, (None, None))
    switches = native_id and _switches(native_id)
    return (_place(ident), switches) if switches else None


def _is_busy(kind, what):
    """What the object says itself: somebody has to wait for it."""
    if what is None:
        return True
    tests = {"lock": lambda: what.locked(),
             "rlock": lambda: " owner=0 " not in repr(what),
             "condition": lambda: what._waiters,
             "event": lambda: not what.is_set() and what._cond._waiters,
             "semaphore": lambda: what._value == 0 and what._cond._waiters,
             "barrier": lambda: what.n_waiting,
             "queue": lambda: (what.not_empty._waiters or what.not_full._waiters or
                               what.all_tasks_done._waiters),
             "simple-queue": lambda: what.empty(),
             "future": lambda: not what.done()}
    return kind not in tests or tests[kind]()


def _is_held(one):
    what, owner = one["what"], _threads().get(one["thread"], (None,))[0]
    if one["kind"] == "rlock":
        return f" owner={owner} " in repr(what)
    return one["kind"] != "lock" or what is None or what.locked()


def _reached(before):
    """What is not so yet, or None; `before`: where the threads slept at the last look."""
    missing = None
    still = [thread for thread, one in _waits.items() if one["settled"]]
    still += [thread for thread, states in _states.items() if {"sleeping", "in system call"} >= {*states}]
    for thread in still:
        now = asleep(thread)
        if now is None or before.get(thread) != now:
            missing = missing or f"{thread} does not sleep"
        before[thread] = now
    missing = missing or next((f"{thread} has nothing to wait for" for thread, one in _waits.items()
                               if not _is_busy(one["kind"], one["what"])), None)
    return missing or next((f"{one['thread']} does not hold its {one['kind']}"
                            for one in _holds if not _is_held(one)), None)


def _where(ident):
    """[name, qualified name, file, line] of the innermost frame of the program."""
    frame = sys._current_frames().get(ident)
    while frame is not None:
        code = frame.f_code
        folder, file = os.path.split(os.path.abspath(code.co_filename))
        if folder == FOLDER and file != "claims.py" and not file.startswith("<"):
            return [code.co_name, code.co_qualname, file, frame.f_lineno]
        frame = frame.f_back
    return None


def _addresses(one):
    given = list(one.get("addresses", ())) + [one.get("address")] * bool(one.get("address"))
    return [hex(address) for address in given or [id(one["what"])] * (one["what"] is not None)]


def _truth():
    threads = {}
    for name, (ident, native_id) in _threads().items():
        wait = _waits.get(name)
        threads[name] = {"ident": hex(ident) if ident else None, "native_id": native_id,
                         "states": _states.get(name),
                         "waits": wait and {
                             "kind": wait["kind"], "addresses": _addresses(wait),
                             "names": list(wait["names"]), "joins": wait["joins"],
                             "timed": wait["timed"],
                             "where": _where(ident) if wait["where"] is True else None}}
    holds = [{"thread": one["thread"], "kind": one["kind"], "address": (_addresses(one) or [None])[0],
              "sure": one["sure"], "names": list(one["names"])} for one in _holds]
    return {"pid": os.getpid(), "threads": threads, "holds": holds, "orphans": _orphans,
            "deadlocks": _deadlocks, "hints": _hints, **_extra}


def _write():
    unknown = (_waits.keys() | _states.keys() | {one["thread"] for one in _holds}) - _threads().keys()
    if unknown:
        raise RuntimeError(f"no such threads: {unknown}")
    text = json.dumps(_truth()) + "\n== ready\n"
    for known in (_waits, _states, _idents, _holds, _orphans, _deadlocks, _hints, _extra):
        known.clear()
    with open(os.path.join(FOLDER, os.environ["TRUTH"]), "w") as file:
        file.write(text)


def _tell(when):
    missing, before = "nothing was seen", {}
    try:
        deadline = time.monotonic() + TIME_LIMIT
        while missing and time.monotonic() < deadline:
            time.sleep(0.05)
            missing = (None if when() else "the program's own condition") or _reached(before)
        if missing:
            raise RuntimeError(f"never reached: {missing}")
        _write()
    except BaseException as error:
        sys.stderr.write(f"claims: {type(error).__name__}: {error}\n")
        sys.stderr.flush()
        os._exit(3)
