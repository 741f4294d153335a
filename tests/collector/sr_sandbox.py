#!/usr/bin/env python3
"""sr_sandbox.py SR REPORT PROBE CACHE: the process that reads a core, and its end."""
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time

import sr


def sr_06():
    """No rights, no capability, no files but those that it needs, limits on all of it."""
    tool, child, status = sr.start_waiting("--json")
    limits = pathlib.Path(f"/proc/{child}/limits").read_text()
    descriptors = os.listdir(f"/proc/{child}/fd") if os.geteuid() == 0 else []
    tool.kill()
    tool.wait()
    fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    if os.geteuid() == 0:
        for name in ["Uid", "Gid"]:
            sr.check("0" not in fields[name].split(), name, fields[name])
        sr.check(fields["Groups"].strip() == "", "groups", fields["Groups"])
        sr.check(int(fields["CapBnd"], 16) == 0, "bounding set")
        # The streams, the core and the unnamed file twice each, the broker, two outputs.
        sr.check(len(descriptors) <= 10, descriptors)
    for name in ["CapInh", "CapPrm", "CapEff", "CapAmb"]:
        sr.check(int(fields[name], 16) == 0, name, fields[name])
    sr.check(fields["NoNewPrivs"].strip() == "1" and fields["Seccomp"].strip() == "2", "seccomp")
    for name in ["core file size", "processes"]:
        sr.check(re.search(rf"Max {name} +0 +0 ", limits), name, limits)
    for name in ["cpu time", "file size", "data size", "address space", "open files"]:
        sr.check(re.search(rf"Max {name} +\d+ +\d+ ", limits), name, limits)
    sr.check(sr.probe("nothing")[:2] == ("finished", 7), "probe")
    for thing in ["open", "create", "stat"]:
        sr.check(sr.probe(thing) == ("finished", 7, "Permission denied"), thing)
    for thing in ["setuid", "kill", "ptrace"]:
        sr.check(sr.probe(thing)[:2] == ("crashed", 31), thing)
    ending, number, answer = sr.probe("file-size")
    sr.check((ending, number, answer) == ("finished", 7, "8388608 File too large"), answer)
    ending, number, answer = sr.probe("memory")
    sr.check(ending == "finished" and 64 <= int(answer) <= 256, "memory", ending, answer)
    sr.check(sr.probe("spin")[0] == "late", "spin")
    sr.check(sr.probe("flood")[0] == "too-long", "flood")
    sr.check(int(sr.probe("many-files")[2]) < 4096, "many files")
    inside = sr.probe("descriptors")[2].split()
    sr.check(len(inside) == 6, inside)


def sr_06_without_landlock():
    """What gives up all rights says so where the kernel has none; here it does, or says so."""
    answer = sr.probe("nothing")[2]
    with_it = "landlock" in pathlib.Path("/sys/kernel/security/lsm").read_text() \
        if os.path.exists("/sys/kernel/security/lsm") else answer == "landlock"
    sr.check((answer == "landlock") == with_it, answer)
    report = sr.validate(sr.run("--json", sr.core())[1])
    sr.check(("sandbox-without-landlock" in sr.codes(report)) == (answer != "landlock"), answer)


def sr_07():
    """However the process in the sandbox ends, there is a report by the schema, and status 4."""
    endings = {signal.SIGKILL: "analysis-killed", signal.SIGSEGV: "analysis-crashed",
               signal.SIGABRT: "analysis-crashed", signal.SIGSYS: "analysis-crashed"}
    for number, code in endings.items():
        tool, child, _ = sr.start_waiting("--json")
        os.kill(child, number)
        out, error = tool.communicate(timeout=20)
        report = sr.validate(out)
        sr.check(tool.returncode == 4 and report["status"] == "error", number, tool.returncode)
        sr.check(sr.codes(report) == {code}, number, report["warnings"])
        sr.check(sr.told(error).count("\n") == 1, error)
    tool, child, _ = sr.start_waiting("--json", "--time-limit=1")
    os.kill(child, signal.SIGSTOP)
    start = time.monotonic()
    report = sr.validate(tool.communicate(timeout=20)[0])
    sr.check(time.monotonic() - start < 6, "took too long")
    sr.check(tool.returncode == 4 and sr.codes(report) == {"analysis-late"}, report["warnings"])
    sr.check(not os.path.exists(f"/proc/{child}"), "it is still there")


def sr_07_every_format():
    """Other formats say so too."""
    formats = ["html", "text", "markdown", "sentry", "ureport", "core-backtrace", "brief"]
    with tempfile.TemporaryDirectory() as folder:
        paths = [pathlib.Path(folder) / name for name in formats]
        tool, child, _ = sr.start_waiting(
            *[f"--{name}={path}" for name, path in zip(formats, paths)])
        os.kill(child, signal.SIGKILL)
        tool.communicate(timeout=20)
        sr.check(tool.returncode == 4, tool.returncode)
        for path in paths:
            sr.check(path.stat().st_size > 0, path.name, "is empty")
        for name in ["html", "text", "markdown"]:
            content = (pathlib.Path(folder) / name).read_text()
            sr.check("the analysis was killed" in " ".join(content.split()), name)


def sr_07_out_of_memory():
    """With too little memory too."""
    with tempfile.TemporaryDirectory() as folder:
        settings = pathlib.Path(folder) / "conf"
        settings.write_text("[Collector]\nMemory=1M\n")
        status, out, _, _ = sr.run("--config", settings, "--json", sr.core())
        report = sr.validate(out)
        sr.check(status == 4 and report["status"] == "error", status, report["status"])


def sr_08():
    """The limits of a collector are lower, and what they cut is told."""
    report = sr.validate(sr.run("--json", sr.core("recursion/bookworm-3.11"))[1])
    hit = {one["limit"]: one["value"] for one in report["limits"]["hit"]}
    sr.check(hit == {"max-frames": 2048}, hit)
    status, out, _, _ = sr.run("--json", "--max-report-bytes=20K", sr.core("recursion/bookworm-3.11"))
    report = sr.validate(out)
    sr.check(status == 4 and len(out) <= 20 << 10, status, len(out))
    sr.check("max-report-bytes" in {one["limit"] for one in report["limits"]["hit"]}, "not told")


def sr_12():
    """A file of a terabyte costs no memory, and one that shrinks meanwhile no crash."""
    with tempfile.TemporaryDirectory(dir=sr.CACHE) as folder:
        path = pathlib.Path(folder) / "core"
        path.write_bytes(sr.core().read_bytes())
        os.truncate(path, 1 << 40)
        with subprocess.Popen([sr.REPORT, "--collector", "--brief", path],
                              stdout=subprocess.PIPE) as tool:
            text = tool.stdout.read()
            _, status, used = os.wait4(tool.pid, 0)
            tool.returncode = os.waitstatus_to_exitcode(status)
        sr.check(tool.returncode == 0 and b"SIGSEGV" in text, tool.returncode, text)
        sr.check(used.ru_maxrss < 512 << 10, used.ru_maxrss)
        for cut in range(0, 40, 4):
            path.write_bytes(sr.core().read_bytes())
            with subprocess.Popen([sr.REPORT, "--collector", "--json", path],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE) as tool:
                time.sleep(cut / 1000)
                os.truncate(path, 5000)
                out, error = tool.communicate(timeout=30)
            sr.check(tool.returncode in (0, 1, 3, 4), cut, tool.returncode, error)
            if out:
                sr.check(not {"analysis-crashed"} & sr.codes(sr.validate(out)), cut)


def sr_23():
    """What is unpacked has no name, and is gone when the collector is killed."""
    with tempfile.TemporaryDirectory(dir=sr.CACHE) as folder:
        settings = pathlib.Path(folder) / "conf"
        state = pathlib.Path(folder) / "state"
        state.mkdir(mode=0o700)
        settings.write_text(f"[Collector]\nStateDirectory={state}\n")
        tool, child, _ = sr.start_waiting("--config", str(settings), "--json")
        if os.geteuid() == 0:
            files = {os.readlink(f"/proc/{child}/fd/{fd}") for fd in os.listdir(f"/proc/{child}/fd")}
            sr.check(any(str(state) in name and "(deleted)" in name for name in files), files)
        sr.check(os.listdir(state) == [], os.listdir(state))
        tool.kill()
        tool.wait()
        end = time.monotonic() + 5
        while os.path.exists(f"/proc/{child}") and time.monotonic() < end:
            time.sleep(0.01)
        sr.check(not os.path.exists(f"/proc/{child}"), "outlives its parent")
        sr.check(os.listdir(state) == [], os.listdir(state))


sr.main(globals())
