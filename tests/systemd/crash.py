"""Runs inside the machine, as root: crashes of Python, and their cores handed to systemd-coredump as the
kernel would.

    crash.py make FOLDER COUNT      COUNT crashes; the cores are FOLDER/PID/core*; prints the PIDs
    crash.py hand FOLDER PID...     hands all of them over at once
    crash.py hand-file CORE         one core of anything, under the PID of a process of ours

A core is handed over under the PID of the process that it is of: a process with that number, which runs
the same program, waits meanwhile. systemd-coredump reads the rest from its /proc.
"""
import ctypes
import os
import pathlib
import resource
import signal
import struct
import subprocess
import sys
import time

SYS_CLONE3 = 435
HANDLER = "/lib/systemd/systemd-coredump"
PROGRAM = """
import ctypes
def read_field(address):
    return ctypes.string_at(address)
def load_image():
    return read_field(8)
load_image()
"""


def make(folder, count):
    unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    crashed = []
    for number in range(count):
        place = pathlib.Path(folder) / str(number)
        place.mkdir(parents=True)
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM], cwd=place,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, unlimited))
        if process.wait() != -signal.SIGSEGV:
            sys.exit(f"it did not crash: {process.returncode}")
        place.rename(place.with_name(str(process.pid)))
        crashed.append(process.pid)
    print(*crashed)


def wait_as(pid):
    """A child with this number, or any if it is 0, that does nothing until it is killed."""
    wanted = (ctypes.c_int * 1)(pid)
    # struct clone_args: exit_signal is the fifth, set_tid and set_tid_size the ninth and tenth.
    arguments = struct.pack("11Q", 0, 0, 0, 0, signal.SIGCHLD, 0, 0, 0,
                            ctypes.addressof(wanted) if pid else 0, 1 if pid else 0, 0)
    libc = ctypes.CDLL(None, use_errno=True)
    child = libc.syscall(SYS_CLONE3, arguments, len(arguments))
    if child == 0:
        while True:
            signal.pause()
    if child < 0:
        sys.exit(f"clone3 {pid}: {os.strerror(ctypes.get_errno())}")
    return child


def start_handler(core, pid):
    with open(core, "rb") as file:
        return subprocess.Popen(
            [HANDLER, str(pid), "0", "0", str(int(signal.SIGSEGV)), str(int(time.time())),
             "18446744073709551615", "test-host", "1"], stdin=file)


def wait_until_processed():
    """From 257 on what stores a core looks at the process once more."""
    while subprocess.run(["systemctl", "list-units", "--no-legend", "--state=activating,active",
                          "systemd-coredump@*.service"],
                         stdout=subprocess.PIPE, check=True).stdout.strip():
        time.sleep(0.05)


def hand(cores):
    waiting = [wait_as(pid) for pid in cores.values()]
    handlers = [start_handler(core, pid) for core, pid in zip(cores, waiting)]
    statuses = [handler.wait() for handler in handlers]
    wait_until_processed()
    for pid in waiting:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    print(*waiting)
    # A socket that is full refuses the rest; that is systemd's way with storms.
    print(sum(status != 0 for status in statuses), "refused", file=sys.stderr)


mode, folder, *numbers = sys.argv[1:]
if mode == "make":
    make(folder, int(numbers[0]))
elif mode == "hand":
    hand({next(pathlib.Path(folder, number).glob("core*")): int(number) for number in numbers})
else:
    hand({folder: 0})
