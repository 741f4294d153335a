#!/usr/bin/env python3
"""The hook for Apport, on reports as Apport hands them over and on such as it should not.

    apport_test.py PYCORE_REPORT HOOK UNPACK_SCRIPT

The report is a dict with the rules of apport's ProblemReport; CoreDump comes in each of the forms that
problem_report.py knows. Exit status 77: a core cannot be unpacked.
"""
import collections
import gzip
import importlib.util
import io
import json
import os
import pathlib
import shutil
import stat
import subprocess
import sys
import tempfile
import time

OURS = {"PythonStacktrace", "PyCoreReportJson", "PyCoreSignature"}
failures = []


def check(condition, *what):
    if not condition:
        failures.append(what)
        print("FAILED:", *what)


class ProblemReport(collections.UserDict):
    def __setitem__(self, key, value):
        if not key.replace(".", "").replace("-", "").replace("_", "").isalnum():
            raise ValueError(key)
        if not (hasattr(value, "isalnum") or isinstance(value, (tuple, CompressedValue))):
            raise TypeError(key)
        super().__setitem__(key, value)


class CompressedValue:
    """As apport's: it is not bytes, and writes itself."""

    def __init__(self, data):
        self.gzipvalue = gzip.compress(data, 1)

    def write(self, file):
        unpacked = gzip.GzipFile(fileobj=io.BytesIO(self.gzipvalue))
        while block := unpacked.read(1048576):
            file.write(block)


def python_crash(core, **others):
    return ProblemReport({"ProblemType": "Crash", "ExecutablePath": "/usr/bin/python3.11",
                          "CoreDump": core, **others})


def added(hook, report):
    before = dict(report)
    hook.add_info(report, None)
    check(not os.listdir(hook.FOLDER), "files are left behind:", os.listdir(hook.FOLDER))
    check({key: report[key] for key in before} == before, "another key was changed")
    check(set(report) - set(before) <= OURS, "keys nobody asked for:", set(report) - set(before))
    return set(report) - set(before)


def check_forms(hook, core):
    data = core.read_bytes()
    forms = {"bytes": data, "compressed": CompressedValue(data), "name": (str(core),),
             "name and encoding": (str(core), True)}
    results = []
    for name, form in forms.items():
        report = python_crash(form)
        check(added(hook, report) == OURS, name, "gives", set(report))
        results.append([report.get(key) for key in sorted(OURS)])
    with open(core, "rb") as file:
        report = python_crash((file,))
        check(added(hook, report) == OURS, "an open file gives", set(report))
        check(file.tell() == 0, "the file is not at its start again")
    check(all(result == results[0] for result in results), "the forms differ")
    return report


def check_content(hook, report):
    data = json.loads(report["PyCoreReportJson"])
    check(data["schema"] == "pycore-report", "schema")
    check(data["privacy"]["level"] == "public", "privacy", data["privacy"])
    check(report["PyCoreSignature"] == data["signature"]["text"], "signature")
    check("Image.load" in report["PyCoreSignature"], report["PyCoreSignature"])
    check("program.py\", line 18, in Image.load" in report["PythonStacktrace"], "stack")
    check("number = 3" not in report["PythonStacktrace"], "a variable is in the report")
    check(hook.FOLDER not in report["PyCoreReportJson"], "our own folder is in the report")


def check_others(hook, core):
    data = core.read_bytes()
    check(added(hook, python_crash(data, ExecutablePath="/usr/bin/vim")) == set(), "not Python")
    check(added(hook, python_crash(data, ExecutablePath="/srv/app.py",
                                   InterpreterPath="/usr/bin/python3.11")) == OURS, "a script")
    check(added(hook, python_crash(data, ExecutablePath="/usr/bin/gimp",
                                   ProcMaps="7f0-7f1 r-xp 0 0:0 1 /usr/lib/libpython3.11.so.1.0"))
          == OURS, "an embedded Python")
    for name, bad in {"none": None, "empty": b"", "text": "no core", "no core": b"x" * 5000,
                      "missing file": ("/nonexistent",), "number": (7,),
                      "broken gzip": CompressedValue(b"")}.items():
        report = python_crash(b"")
        report.data["CoreDump"] = bad
        if name == "broken gzip":
            bad.gzipvalue = b"\x1f\x8b\x08" + b"x" * 40
        check(added(hook, report) == set(), name)
    cut = added(hook, python_crash(data[:len(data) // 2]))
    check(cut in (set(), OURS), "a core that was cut", cut)
    hook.MAX_CORE = len(data) - 1
    check(added(hook, python_crash(CompressedValue(data))) == set(), "a core that is too large")
    hook.MAX_CORE = len(data)


def check_slow_program(hook, core, folder):
    slow = folder / "slow"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(stat.S_IRWXU)
    hook.PYCORE_REPORT, hook.TIME_LIMIT = str(slow), 1
    start = time.monotonic()
    check(added(hook, python_crash((str(core),))) == set(), "a program that hangs")
    check(time.monotonic() - start < 10, "the time limit")
    hook.PYCORE_REPORT = "/nonexistent"
    check(added(hook, python_crash((str(core),))) == set(), "no program")


def main():
    program, path, unpack = sys.argv[1:]
    if not shutil.which("zstd"):
        print("SKIPPED: zstd is not installed")
        return 77
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location("pycore", path)
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    hook.PYCORE_REPORT = program
    with tempfile.TemporaryDirectory() as folder:
        # Of its own: other tests leave files in /var/tmp while they run.
        hook.FOLDER = os.path.join(folder, "scratch")
        os.mkdir(hook.FOLDER)
        core = pathlib.Path(folder, "core")
        subprocess.run(["cmake", "-D", "CORE=null_field/bookworm-3.11", "-D", f"OUTPUT={core}",
                        "-P", unpack], check=True)
        check_content(hook, check_forms(hook, core))
        check_others(hook, core)
        check_slow_program(hook, core, pathlib.Path(folder))
    return 1 if failures else 0


sys.exit(main())
