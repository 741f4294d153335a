"""What the comparisons with a process's own account share: an interpreter, a program, a core."""

import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import live_test
from live_test import Skip


def interpreters(given):
    """(python, root) of each [ROOT:]PYTHON, else of those found here. Ends where no core can be."""
    if not live_test.kernel_writes_here():
        print("skip: core_pattern leaves no file here")
        sys.exit(77)
    if given:
        return [(python, Path(root or "/")) for root, _, python in
                (one.rpartition(":") for one in given)]
    return [(python, Path("/")) for python in live_test.find_pythons([])]


def dump(python, root, folder, files, arguments, variables="", sends="", end=None):
    """The core of `PYTHON -B ARGUMENTS` with copies of `files` in `folder`, which lies below `root`;
    of a chroot only this folder is written to. `sends`: the signal that ends it once it is ready;
    `end`: does so in another way, given the process."""
    inside = Path("/") / folder.relative_to(root)
    for file in files:
        shutil.copy(file, folder / file.name)
    command = ["chroot", root] if root != Path("/") else []
    shell = f"cd {inside} && {variables} exec {python} -B {arguments}"

    def prepare():
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)

    with open(folder / "stderr", "wb") as stderr:
        process = subprocess.Popen([*command, "/bin/sh", "-c", shell], preexec_fn=prepare,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=stderr, start_new_session=True)
        try:
            if sends:
                live_test.wait_until_ready(folder / "truth", process)
                process.send_signal(getattr(signal, sends))
            elif end:
                end(process)
            status = process.wait(live_test.TIME_LIMIT)
        finally:
            end_all(process)
    if status >= 0:
        words = (folder / "stderr").read_text("utf-8", "replace")
        raise RuntimeError(f"the program exited with {status}: {words[-2000:]}")
    cores = [path for path in folder.iterdir() if path.name.startswith("core")]
    if len(cores) != 1:
        raise Skip("the kernel wrote no core")
    return cores[0]


def end_all(process):
    """Its children, too."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def conclude(compared, failed):
    """Ends the test."""
    if not compared and not failed:
        print("skip: no CPython 3.11 to 3.14 on this machine")
        sys.exit(77)
    sys.exit(bool(failed))
