#!/usr/bin/env python3
"""Gives cores to pycore-report --from-kernel as the kernel does: on a pipe, with no environment, in /
and without any other descriptor.

    kernel_pipe_test.py PYCORE_REPORT CORPUS
"""
import json
import os
import pathlib
import re
import stat
import struct
import subprocess
import sys
import tempfile
import time

failures = []
TIME = 1700000000
NAME = re.compile(r"core\.(?P<comm>[^./ ]+)\.(?P<uid>\d+)\.(?P<boot>[0-9a-f]{32})\.(?P<pid>\d+)\.\d+")


def check(condition, *what):
    if not condition:
        failures.append(what)
        print("FAILED:", *what)


class Host:
    """A host whose core_pattern names the program."""

    def __init__(self, program, parent, name, **settings):
        self.program = program
        self.reports = pathlib.Path(parent, name)
        self.cores = self.reports / "cores"
        self.reports.mkdir(mode=0o750)
        self.settings = pathlib.Path(parent, name + ".conf")
        self.configure(**settings)

    def configure(self, **settings):
        kernel = {"KeepFree": "0", **settings}
        self.settings.write_text(
            f"[Collector]\nStateDirectory={self.reports}\nFormats=json,text\n[Kernel]\n"
            f"CoreDirectory={self.cores}\n" + "".join(f"{k}={v}\n" for k, v in kernel.items()))

    def start(self, pid, *rest):
        words = [str(pid), *(str(word) for word in rest or (1000, 1000, 11, TIME, 1))]
        return subprocess.Popen([self.program, "--from-kernel", *words, "--config",
                                 str(self.settings)], stdin=subprocess.PIPE, env={}, cwd="/",
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def crash(self, core, pid, *rest, status=0):
        """The standard error."""
        process = self.start(pid, *rest)
        out, errors = process.communicate(core, timeout=60)
        check(process.returncode == status, pid, "status", process.returncode, errors)
        check(out == b"", "standard output", out)
        check(all(line.isprintable() for line in errors.decode().splitlines()), errors)
        return errors.decode()

    def stored(self):
        return {int(NAME.fullmatch(name)["pid"]): self.cores / name
                for name in os.listdir(self.cores) if not name.startswith(".")}

    def report(self, pid):
        name = self.stored()[pid].name
        return json.loads((self.reports / (name + ".pycore.json")).read_text())


def comm_offset(core):
    """Where NT_PRPSINFO has the command in a core."""
    start, = struct.unpack_from("<Q", core, 32)
    size, count = struct.unpack_from("<HH", core, 54)
    for i in range(count):
        kind, _, at, _, _, length = struct.unpack_from("<IIQQQQ", core, start + i * size)
        if kind != 4:
            continue
        end = at + length
        while at < end:
            name, data, note = struct.unpack_from("<III", core, at)
            body = at + 12 + (name + 3) // 4 * 4
            if note == 3:
                return body + 40
            at = body + (data + 3) // 4 * 4
    raise ValueError("no NT_PRPSINFO")


def renamed(core, command):
    at = comm_offset(core)
    return core[:at] + command.ljust(16, b"\0") + core[at + 16:]


def test_stores_and_reports(program, scratch, core):
    host = Host(program, scratch, "plain")
    host.crash(core, 4711)
    stored = host.stored()[4711]
    check(stored.read_bytes() == core, "the stored core differs")
    status = os.stat(stored)
    check(stat.S_IMODE(status.st_mode) == 0o600 and status.st_uid == os.geteuid(), "mode")
    check(status.st_blocks * 512 <= len(core) + 4096, "no holes")
    check(NAME.fullmatch(stored.name)["uid"] == "1000", stored.name)
    try:
        attributes = {name: os.getxattr(stored, "user.coredump." + name).decode()
                      for name in ("pid", "uid", "gid", "signal", "timestamp", "comm")}
        check(attributes["pid"] == "4711" and attributes["timestamp"] == f"{TIME}000000",
              attributes)
    except OSError as error:
        print("NOTE: no extended attributes here:", error)
    report = host.report(4711)
    check(report["status"] in ("ok", "partial") and report["crash"]["signal"]["name"] == "SIGSEGV",
          report["status"])
    check(report["privacy"]["level"] == "public", "privacy")
    for name in os.listdir(host.reports):
        if ".pycore." in name:
            mode = stat.S_IMODE(os.stat(host.reports / name).st_mode)
            check(mode & 0o137 == 0, name, oct(mode))
    host.crash(core, 4711, status=3)  # the name is taken
    check(stored.read_bytes() == core, "a stored core was replaced")


def test_what_is_no_core(program, scratch, core):
    host = Host(program, scratch, "no-core")
    check("no ELF core" in host.crash(b"SECRET-CANARY " * 1000, 1, status=3), "said nothing")
    host.crash(b"", 2, status=3)
    check(host.stored() == {}, "stored what is no core")
    host.crash(core[:100_000], 3)  # the writer went
    check(host.stored()[3].read_bytes() == core[:100_000], "a cut core was not stored")
    check(host.report(3)["core"]["truncated"], "not told to be cut")
    host.crash(core[:64], 4)
    check(4 in host.stored(), "a header is a core that was cut")


def test_commands(program, scratch, core):
    host = Host(program, scratch, "commands")
    for pid, command in enumerate([b"../../x", b"a b.c\x1b]0;x", b"\xff\n", b""], 10):
        host.crash(renamed(core, command), pid)
    names = sorted(path.name.split(".")[1] for path in host.stored().values())
    check(names == sorted([r"\x2e\x2e\x2f\x2e\x2e\x2fx", r"a\x20b\x2ec\x1b]0;x", r"\xff\x0a", "_"]),
          names)
    check(set(os.listdir(scratch)) & {"x"} == set(), "a file outside")
    said = host.crash(renamed(core, b"pycore-report"), 20)
    check(20 in host.stored() and "not read" in said, "own core", said)
    check(not list(host.reports.glob("core.pycore-report*")), "a report on a core of ours")


def test_arguments(program, scratch, core):
    host = Host(program, scratch, "arguments")
    for wrong in [("x", 0, 11, TIME, 1), (-1, 0, 11, TIME, 1), (0, 0, 11, 2**64 - 1, 1),
                  (0, 0, 11, TIME), (0, 0, 11, TIME, 1, 7), ("0 ", 0, 11, TIME, 1)]:
        host.crash(b"", 5, *wrong, status=2)
    host.crash(b"", "1/../x", status=2)
    check(not host.cores.exists(), "did something")


def test_quota(program, scratch, core):
    host = Host(program, scratch, "quota")
    for pid in range(1, 5):
        host.crash(core, pid)
        os.utime(host.stored()[pid], (pid, pid))
        if pid == 1:
            most = os.stat(host.stored()[1]).st_blocks * 512 * 5 // 2
            host.configure(MaxUse=str(most))
    check(set(host.stored()) == {3, 4}, "kept", set(host.stored()))
    used = sum(os.stat(path).st_blocks * 512 for path in host.stored().values())
    check(used <= most, "more than MaxUse")
    host.configure(MaxCoreSize=str(1 << 20))
    check("was cut" in host.crash(core, 6), "not told")
    check(os.stat(host.stored()[6]).st_size <= 1 << 20, "more than MaxCoreSize")
    before = set(host.stored())
    host.configure(KeepFree="1000000G")
    host.crash(core, 7, status=3)
    check(7 not in host.stored() and before, "the disk was filled")
    host.configure(StoreCores="no")
    stored = set(host.stored())
    host.crash(core, 8)
    check(set(host.stored()) == stored, "stored in spite of StoreCores=no")
    check(list(host.reports.glob("*.8.*.pycore.json")), "no report without storing")


def test_endless_zeros(program, scratch, core):
    host = Host(program, scratch, "zeros", MaxCoreSize=str(256 << 20))
    process = host.start(30)
    sent = 0
    try:
        process.stdin.write(core)
        while sent < 1 << 30:
            sent += process.stdin.write(bytes(1 << 20))
    except BrokenPipeError:
        pass
    process.communicate(timeout=60)
    check(sent < 512 << 20, "read on and on")
    check(os.stat(host.stored()[30]).st_blocks * 512 < len(core) + (1 << 20), "zeros on the disk")


def test_many_at_once(program, scratch, core):
    host = Host(program, scratch, "many")
    held = []
    for pid in range(100, 104):
        held.append(host.start(pid))
        held[-1].stdin.write(core[:4096])
        held[-1].stdin.flush()
    deadline = time.monotonic() + 10
    while len(list(host.cores.glob(".slot-*")) if host.cores.exists() else []) < 4:
        if time.monotonic() > deadline:
            break
        time.sleep(0.01)
    time.sleep(0.2)
    check("too many" in host.crash(b"", 200, status=3), "a fifth at a time")
    for process in held:
        process.communicate(core[4096:], timeout=60)
    check(set(host.stored()) == set(range(100, 104)), set(host.stored()))


def test_folders(program, scratch, core):
    host = Host(program, scratch, "folders")
    elsewhere = pathlib.Path(scratch, "elsewhere")
    elsewhere.mkdir()
    host.cores.symlink_to(elsewhere)
    host.crash(core, 1, status=3)
    check(os.listdir(elsewhere) == [], "followed a link")
    host.cores.unlink()
    host.cores.mkdir()
    os.chmod(host.cores, 0o777)
    check("others can write" in host.crash(core, 2, status=3), "a folder of everybody")


def main(program, corpus):
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o711)
        path = pathlib.Path(folder, "core")
        subprocess.run([sys.executable, os.path.join(corpus, "build.py"), "--unpack",
                        "null_call/trixie-3.13", "-o", str(path)], check=True,
                       stdout=subprocess.DEVNULL)
        core = path.read_bytes()
        for test in (test_stores_and_reports, test_what_is_no_core, test_commands, test_arguments,
                     test_quota, test_endless_zeros, test_many_at_once, test_folders):
            test(program, folder, core)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
