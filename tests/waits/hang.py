"""A program of `programs`, brought to its hang, and the core of it."""

import ast
import json
import os
import re
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import live_test
from fresh_core import Skip, dump

HERE = Path(__file__).resolve().parent
OPTIONS = {"quick", "faulthandler", "gcore", "no-signal"}


@dataclass(frozen=True)
class Program:
    """Its docstring ends in `options: ...`: `quick` is run by scripts/test, too; `faulthandler` and
    `gcore` are further ways to write its core; `no-signal`: it dies by itself."""

    path: Path
    options: frozenset

    @property
    def ways(self):
        return ["", *sorted(self.options & {"faulthandler", "gcore"})]


def programs():
    for path in sorted((HERE / "programs").glob("*.py")):
        words = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        found = re.search(r"^options: (.*)", words, re.M)
        options = frozenset(found[1].split(", ") if found else ())
        if options - OPTIONS:
            raise RuntimeError(f"{path.name}: no such options: {options - OPTIONS}")
        yield Program(path, options)


def truth_of(folder):
    return json.loads((folder / "truth").read_text("utf-8").partition("\n== ready")[0])


def system_call(pid, tid):
    """[number, first argument, ...] of what a thread is in, [] while it runs."""
    try:
        return Path(f"/proc/{pid}/task/{tid}/syscall").read_text().split()
    except OSError:
        return []


def has_reached(truth):
    """The kernel's word for what the process itself could not tell any more."""
    for thread in truth["threads"].values():
        wait = thread["waits"]
        if wait and wait["kind"].startswith(("pthread-mutex", "gil")):
            call = system_call(truth["pid"], thread["native_id"])
            if len(call) < 2 or (wait["addresses"] and wait["kind"] != "gil" and
                                 call[1] not in wait["addresses"]):
                return False
    return True


def wait_until(reached, what):
    deadline = time.monotonic() + live_test.TIME_LIMIT
    while not reached():
        if time.monotonic() > deadline:
            raise RuntimeError(f"never seen: {what}")
        time.sleep(0.02)


def is_gone(pid):
    """A child that its parent does not wait for stays as a zombie."""
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True


def gcore(pid, folder):
    told = subprocess.run(["gcore", "-o", folder / "core", str(pid)], check=True,
                          capture_output=True, text=True)
    # Since glibc 2.42 a stack's guard pages are part of its mapping, of which gdb then saves nothing.
    # Of vsyscall it never can save anything; that is one page.
    sizes = re.findall(r"Memory read failed.*?(\d+) bytes", told.stdout + told.stderr)
    if any(int(size) > 1 << 16 for size in sizes):
        raise Skip("gdb did not save all of the memory")


def end(process, folder, way):
    live_test.wait_until_ready(folder / "truth", process)
    truth = truth_of(folder)
    wait_until(lambda: has_reached(truth), "the hang")
    pid = truth["pid"]
    if pid != process.pid:
        process.send_signal(signal.SIGSTOP)  # It might put another in the place of its child.
    if way == "gcore":
        gcore(pid, folder)
    else:
        os.kill(pid, signal.SIGABRT)
        wait_until(lambda: is_gone(pid), "the end")
    if pid != process.pid or way == "gcore":
        process.kill()


def core_of(program, way, python, root, folder):
    """(the truth, the core)"""
    live_test.TIME_LIMIT = 120
    caught = int(way == "faulthandler")
    files = [program.path, HERE / "inside" / "claims.py"]
    ends = None if "no-signal" in program.options else lambda process: end(process, folder, way)
    core = dump(python, root, folder, files, program.path.name,
                f"TRUTH=truth PYTHONHASHSEED=0 CATCH_SIGNALS={caught}", end=ends)
    return truth_of(folder), core
