#!/usr/bin/env python3
"""Dumps fresh cores with every CPython 3.11 to 3.14 found here and compares our report with what
CPython itself said: the programs and the truth are the corpus's (corpus/README.md).

usage: live_test.py REPORT CORPUS [PYTHON...]
"""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SUPPORTED = range(11, 15)
TIME_LIMIT = 120


class Skip(Exception):
    pass


def candidates():
    names = [f"python3.{minor}{suffix}" for minor in SUPPORTED for suffix in ("", "d", "-dbg")]
    folders = [*os.environ.get("PATH", "").split(":"), "/usr/bin", "/usr/local/bin"]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    folders += [path / "bin" for path in (sorted(pyenv.iterdir()) if pyenv.is_dir() else [])]
    return [Path(folder) / name for folder in folders for name in names]


def describe(python):
    """(real path, "3.13.5") of an interpreter that runs, else None."""
    code = ("import ctypes, platform, sys, sysconfig; print(sys.executable);"
            "print(platform.python_version());"
            "print(int(bool(sysconfig.get_config_var('Py_GIL_DISABLED'))))")
    try:
        out = subprocess.run([python, "-c", code], capture_output=True, text=True, timeout=30)
    except OSError:
        return None
    lines = out.stdout.split()
    if out.returncode or len(lines) != 3 or lines[2] == "1":
        return None
    version = lines[1].split(".")
    supported = version[0] == "3" and int(version[1]) in SUPPORTED
    return (os.path.realpath(lines[0]), lines[1]) if supported else None


def find_pythons(given):
    found = {}
    for python in given or candidates():
        # A version manager's stand-in is a script that starts the real one.
        if os.access(python, os.X_OK) and (told := describe(python)):
            found[told[0]] = told[1]
    return found


def wait_until_ready(truth, process):
    deadline = time.monotonic() + TIME_LIMIT
    while process.poll() is None and time.monotonic() < deadline:
        if truth.exists() and "== ready" in truth.read_text("utf-8", "replace"):
            time.sleep(0.5)
            return
        time.sleep(0.02)
    raise RuntimeError("the program never became ready")


def kernel_writes_here():
    pattern = Path("/proc/sys/kernel/core_pattern").read_text().strip()
    return not pattern.startswith("|") and "/" not in pattern


def gcore(process, folder):
    if not shutil.which("gcore"):
        raise Skip("core_pattern leaves no file here and there is no gcore")
    subprocess.run(["gcore", "-o", folder / "core", str(process.pid)], check=True,
                   capture_output=True)
    process.kill()


def end(scenario, process, truth, folder):
    """Ends the process; returns the name of the signal that made the core, or None for gcore."""
    if scenario.kind == "gcore" or (scenario.signal_after_ready and not kernel_writes_here()):
        wait_until_ready(truth, process)
        gcore(process, folder)
        process.wait()
        return None
    if not kernel_writes_here():
        raise Skip("core_pattern leaves no file here")
    if scenario.signal_after_ready:
        wait_until_ready(truth, process)
        process.send_signal(getattr(signal, scenario.signal_after_ready))
    status = process.wait(TIME_LIMIT)
    if status >= 0:
        raise RuntimeError(f"the program exited with {status}")
    return signal.Signals(-status).name


def run(scenario, python, faulthandler, corpus, folder):
    """(core, what the program told, stderr, signal) of one fresh run."""
    truth = folder / "truth"
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1",
                   "PYTHONPATH": str(corpus / "common"), "TRUTH": str(truth), "PAD": "",
                   "CATCH_SIGNALS": "1" if faulthandler else "0"}

    def prepare():
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)
        resource.setrlimit(resource.RLIMIT_STACK, (scenario.stack_kib * 1024,) * 2)

    with open(folder / "stderr", "w") as stderr:
        process = subprocess.Popen([python, scenario.program], cwd=folder, env=environment,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=stderr, preexec_fn=prepare)
        try:
            ended_by = end(scenario, process, truth, folder)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    cores = [path for path in folder.iterdir() if path.name.startswith("core")]
    if len(cores) != 1:
        raise Skip("the kernel wrote no core")
    return cores[0], truth.read_text("utf-8"), (folder / "stderr").read_text("utf-8"), ended_by


def unfold(frames):
    return [tuple(frame[:3]) for frame in frames for _ in range(frame[3] if len(frame) > 3 else 1)]


def check_positions(expected, stack, ident, problems):
    counts = [frame[3] if len(frame) > 3 else 1 for frame in expected["frames"]]
    positions = [position for position, count in zip(expected.get("positions", []), counts)
                 for _ in range(count)]
    for index, told in enumerate(positions):
        frame = stack[index]
        own = [frame.get(key) for key in
               ("qualified_name", "line", "end_line", "column", "end_column")]
        if told is not None and told != own:
            problems.append(f"thread {ident}, frame {index}: {own}, not {told}")


def compare(expected, report):
    """What differs between the truth and our report, in words."""
    problems = []
    threads = {thread.get("python_thread_id"): thread for thread in report["threads"]}
    if report["status"] != "ok" or report["warnings"]:
        problems.append(f"status {report['status']}, warnings {report['warnings']}")
    signal_name = report["crash"] and report["crash"]["signal"]["name"]
    if signal_name != expected["signal"]:
        problems.append(f"signal {signal_name}, not {expected['signal']}")
    if expected["signal"] and expected["crashed_thread"] and \
            report["threads"][0].get("python_thread_id") != expected["crashed_thread"]:
        problems.append(f"the first thread is not {expected['crashed_thread']}")
    for told in expected["threads"]:
        ident = told["ident"]
        if ident not in threads:
            problems.append(f"thread {ident} is missing")
            continue
        stack = threads[ident]["stack"]
        # Native frames come with them; the truth is about Python's.
        stack = [frame for frame in stack if frame["kind"] == "python"]
        own = [(frame["file"], frame["line"], frame["function"]) for frame in stack]
        if own != unfold(told["frames"]):
            problems.append(f"thread {ident}:\n  {own}\n  not {unfold(told['frames'])}")
            continue
        name = threads[ident].get("python_name")
        # At exit `threading` goes before the last code runs; its names cannot be known then.
        finalizing = any(interpreter["finalizing"] for interpreter in report["interpreters"])
        if told["name"] is not None and name != told["name"] and (name or not finalizing):
            problems.append(f"thread {ident} is not called {told['name']}")
        check_positions(told, stack, ident, problems)
    return problems


def check(report_tool, scenario, python, faulthandler, corpus, truth_reader):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        core, written, stderr, ended_by = run(scenario, python, faulthandler, corpus, folder)
        at_death = stderr if faulthandler and ended_by else None
        expected = truth_reader.expected(written, at_death, ended_by, scenario.kind == "crash",
                                         bool(scenario.faulthandler_stops_early))
        out = subprocess.run([report_tool, "--json", core], capture_output=True)
        if out.returncode != 0:
            return [f"exit status {out.returncode}: {out.stderr.decode(errors='replace')}"]
        return compare(expected, json.loads(out.stdout))


def scenarios(corpus):
    """Those that need nothing but Python: helpers and packages lie in folders of root's."""
    import scenario as recipes
    chosen = [one for one in recipes.load_all(corpus).values()
              if not (one.compile or one.helper or one.packages)
              and one.kind in ("crash", "hang", "gcore")]
    return [(one, faulthandler) for one in chosen for faulthandler in one.faulthandler]


def main():
    report_tool, corpus, given = sys.argv[1], Path(sys.argv[2]).resolve(), sys.argv[3:]
    sys.path.insert(0, str(corpus / "recipe"))
    sys.dont_write_bytecode = True
    import expected as truth_reader
    truth_reader.TRUTH = str(corpus / "common" / "truth.py")
    pythons = find_pythons(given)
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for minor in SUPPORTED:
        if not any(version.startswith(f"3.{minor}.") for version in pythons.values()):
            print(f"skip: no python3.{minor} on this machine")
    for python, version in pythons.items():
        for scenario, faulthandler in scenarios(corpus):
            name = f"{version} {scenario.name}{'+faulthandler' if faulthandler else ''}"
            try:
                problems = check(report_tool, scenario, python, faulthandler, corpus, truth_reader)
            except Skip as why:
                print(f"skip: {name}: {why}")
                counts["skipped"] += 1
                continue
            except (truth_reader.Disagreement, RuntimeError) as why:
                problems = [f"no truth to compare with: {why}"]
            counts["failed" if problems else "passed"] += 1
            for problem in problems:
                print(f"FAILED {name} ({python}): {problem[:4000]}")
    print(f"live: {counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    if not counts["passed"] and not counts["failed"]:
        sys.exit(77)
    sys.exit(bool(counts["failed"]))


if __name__ == "__main__":
    main()
