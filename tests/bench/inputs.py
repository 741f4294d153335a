"""The cores the targets are about, dumped fresh from one interpreter."""

import os
import resource
import shutil
import signal
import subprocess
from pathlib import Path

PRELUDE = """
import signal, sys, threading
def stop_here():
    print("ready", flush=True)
    signal.pause()
"""

PROGRAMS = {
    "small": """
def innermost(): stop_here()
def middle(): innermost()
middle()
""",
    "deep": """
sys.setrecursionlimit(60_000)
def descend(left):
    if left == 0:
        stop_here()
    else:
        descend(left - 1)
descend(49_998)
""",
    "threads": """
threading.stack_size(256 * 1024)
arrived = threading.Semaphore(0)
forever = threading.Event()
def descend(left):
    if left == 0:
        arrived.release()
        forever.wait()
    else:
        descend(left - 1)
for _ in range(500):
    threading.Thread(target=descend, args=(40,), daemon=True).start()
for _ in range(500):
    arrived.acquire()
stop_here()
""",
    "gigabyte": """
big = bytearray(b"x") * (1 << 30)
def innermost(): stop_here()
def middle(): innermost()
middle()
""",
}

# At least so many frames: what threading itself adds on top differs between versions.
EXPECTED_FRAMES = {"small": 4, "deep": 50_000, "threads": 500 * 45, "gigabyte": 4}


def limit_nothing():
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def dump(name, python, folder):
    """Runs one program until it says ready and returns the path of its core."""
    scratch = folder / name
    scratch.mkdir(parents=True)
    process = subprocess.Popen(
        [python, "-c", PRELUDE + PROGRAMS[name]],
        stdout=subprocess.PIPE, cwd=scratch, preexec_fn=limit_nothing, text=True)
    if process.stdout.readline() != "ready\n":
        raise SystemExit(f"bench: {python} could not run the program {name!r}")
    pattern = Path("/proc/sys/kernel/core_pattern").read_text()
    if pattern.startswith(("|", "/")):
        dump_alive(process.pid, scratch)
    process.send_signal(signal.SIGSEGV)
    process.wait()
    cores = sorted(scratch.glob("core*"))
    if not cores:
        raise SystemExit(f"bench: no core of {name!r}: core_pattern is {pattern.strip()!r}")
    return cores[0]


def dump_alive(pid, scratch):
    """For hosts where the kernel hands cores to another program."""
    if not shutil.which("gcore"):
        raise SystemExit("bench: core_pattern leaves no file here, and gcore (gdb) is missing")
    subprocess.run(["gcore", "-o", str(scratch / "core"), str(pid)],
                   check=True, capture_output=True)


def newest_python():
    for minor in (14, 13, 12, 11):
        for name in (f"python3.{minor}", *pyenv(minor)):
            found = shutil.which(name)
            if found and runs(found):
                return os.path.realpath(found)
    raise SystemExit("bench: no python3.11 ... python3.14 here to dump cores of")


def pyenv(minor):
    return sorted(map(str, Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python3.{minor}")))


def runs(python):
    return subprocess.run([python, "-c", ""], capture_output=True).returncode == 0
