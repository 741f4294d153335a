"""Runs one scenario under one build and brings back the core and the truth."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from builds import LOCAL
from packages import folders, unpack_packages

HERE = Path(__file__).resolve().parent
TIME_LIMIT = 120


@dataclass(frozen=True)
class Outcome:
    core: Path
    truth: str
    stderr: str
    signal: str | None


def compile_program(scenario, build, root, prefix, case):
    """The program is linked on this machine with the build's own libpython, without its headers."""
    executable = case / scenario.executable
    command = ["gcc", "-O1", "-fno-omit-frame-pointer", "-rdynamic", "-pthread",
               str(scenario.program), "-o", str(executable)]
    if scenario.libpython:
        library = build.libpython.replace(LOCAL, str(prefix)) if prefix else \
            str(root) + build.libpython
        command += [library, "-Wl,--allow-shlib-undefined"]
    subprocess.run(command, check=True)
    return [f"/case/{scenario.executable}"]


def compile_helper(scenario, case):
    """A library of C or C++ that the program loads, the same file for all builds. It is compiled
    where the source is, so that no path of this machine gets into it."""
    source = Path(scenario.helper)
    compiler = "g++" if source.suffix == ".cpp" else "gcc"
    subprocess.run([compiler, "-shared", "-fPIC", "-pthread", "-O2", "-g0", *scenario.helper_flags,
                    source, "-o", case / f"{source.stem}.so"], cwd=scenario.folder, check=True)


def command_of(scenario, build, root, prefix, case):
    if scenario.compile:
        arguments = compile_program(scenario, build, root, prefix, case)
        if not (scenario.folder / "script.py").exists():
            return arguments
        home = ["/usr/bin/env", f"PYTHONHOME={LOCAL}"] if prefix else []
        return home + arguments + [f"/corpus/{scenario.name}/script.py"]
    environment = ["/usr/bin/env", *build.environment] if build.environment else []
    # Without `site`, and so without what sitecustomize.py imports: a smaller core is enough there.
    small = [] if build.supported else ["-S"]
    return [*environment, build.python, *small, f"/corpus/{scenario.name}/program.py"]


def wait_for(path, process):
    deadline = time.monotonic() + TIME_LIMIT
    while process.poll() is None and time.monotonic() < deadline:
        if path.exists() and "== ready" in path.read_text("utf-8", "replace"):
            time.sleep(0.5)
            return
        time.sleep(0.05)
    raise RuntimeError(f"never ready: {path.parent}")


def end(scenario, process, case):
    """Ends a process that does not end by itself; returns the signal that did it, or None."""
    if scenario.kind == "gcore":
        wait_for(case / "truth", process)
        subprocess.run(["nsenter", "-t", str(process.pid), "-m", "-r", "-w", "gdb", "-nx", "-batch",
                        "-p", str(process.pid), "-ex", "gcore /case/core"],
                       check=True, capture_output=True)
        process.kill()
        process.wait()
        return None
    if scenario.signal_after_ready:
        wait_for(case / "truth", process)
        process.send_signal(getattr(signal, scenario.signal_after_ready))
    status = process.wait(TIME_LIMIT)
    if status >= 0:
        raise RuntimeError(f"exited with {status}: {(case / 'stderr').read_text()}")
    return signal.Signals(-status).name


def run(scenario, build, root, prefix, faulthandler, case):
    case.mkdir(parents=True)
    command = command_of(scenario, build, root, prefix, case)
    if scenario.helper:
        compile_helper(scenario, case)
    unpack_packages(scenario.packages, root, build.python)
    packages = ":".join(map(str, folders(scenario.packages, root))) or "-"
    # argv and this filler have one length together, so the stack lies alike in every core.
    pad = "0" * (60 - len(scenario.name))
    process = subprocess.Popen(
        ["unshare", "--mount", "--propagation", "private", HERE / "run_case.sh", root,
         HERE.parent, case, prefix or "-", packages, str(scenario.stack_kib), pad,
         "1" if faulthandler else "0", *command], stdin=subprocess.DEVNULL)
    try:
        ended_by = end(scenario, process, case)
    finally:
        if process.poll() is None:
            process.kill()
    cores = [name for name in os.listdir(case) if name.startswith("core")]
    if len(cores) != 1:
        raise RuntimeError(f"no core in {case}: is core_pattern a plain file name?")
    truth = case / "truth"
    return Outcome(case / cores[0], truth.read_text("utf-8") if truth.exists() else "",
                   (case / "stderr").read_text("utf-8", "replace"), ended_by)


def version_of(build, root, prefix):
    """What the interpreter itself says, e.g. "3.13.5"."""
    if not build.python:
        return None
    python = ["chroot", root, build.python] if not prefix else \
        [build.python.replace(LOCAL, str(prefix))]
    code = "import platform; print(platform.python_version())"
    return subprocess.run([*python, "-c", code], check=True, capture_output=True,
                          text=True).stdout.strip()
