#!/usr/bin/env python3
"""sr_outputs.py SR REPORT PROBE CACHE: what is written, where, and for whom."""
import fcntl
import json
import os
import pathlib
import re
import shutil
import stat
import struct
import subprocess
import tempfile

import sr

ACCESS_LIST = "system.posix_acl_access"
OUTPUT = ["--json", "--html", "--text", "--brief", "--markdown", "--sentry", "--ureport",
          "--core-backtrace"]


def access_list(*entries):
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def sr_20():
    """Reports have the mode 0640 whatever the umask, and replace nothing that is not theirs."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for mask in [0o000, 0o077, 0o777]:
            path = folder / f"{mask}.json"
            sr.check(sr.run("-o", path, "--json", sr.core(), umask=mask)[0] == 0, mask)
            sr.check(stat.S_IMODE(path.stat().st_mode) == 0o640, mask, oct(path.stat().st_mode))
        target = folder / "target"
        target.write_text("precious")
        (folder / "link").symlink_to(target)
        os.link(target, folder / "hard")
        for name in ["link", "hard", "target"]:
            status = sr.run("-o", folder / name, "--json", sr.core())[0]
            sr.check(status == 2 and target.read_text() == "precious", name, status)
        cores = folder / "cores"
        cores.mkdir()
        shutil.copy(sr.core(), cores / "core.1")
        out = folder / "out"
        out.mkdir()
        (out / "core.1.pycore.json").symlink_to(target)
        sr.run("--batch", cores, "--output-dir", out, "--json", umask=0)
        sr.check(target.read_text() == "precious", "the link was followed")
        out.chmod(0o777)
        status, _, error, _ = sr.run("--batch", cores, "--output-dir", out)
        sr.check(status == 3 and "writable for everybody" in error, status, error)
    left = [name for name in os.listdir(sr.CACHE) if name.startswith(".pycore")]
    sr.check(left == [], left)


def sr_21():
    """Who may read the report is who may read the core, by its access list alone."""
    with tempfile.TemporaryDirectory(dir=sr.CACHE) as folder:
        folder = pathlib.Path(folder)
        path = folder / "core.1"
        shutil.copy(sr.core(), path)
        path.chmod(0o640)
        sr.run("-o", folder / "plain.json", "--json", path)
        sr.check(ACCESS_LIST not in os.listxattr(folder / "plain.json"), "has a list")
        none = 0xffffffff
        try:
            os.setxattr(path, ACCESS_LIST, access_list(
                (1, 6, none), (2, 4, 1000), (2, 2, 1001), (4, 4, none), (8, 7, 1002),
                (0x10, 7, none), (0x20, 4, none)))
        except OSError:
            sr.skip("no access lists here")
        wanted = access_list((1, 6, none), (2, 4, 1000), (4, 4, none), (0x10, 4, none),
                             (0x20, 0, none))
        sr.run("-o", folder / "listed.json", "--json", path)
        sr.check(os.getxattr(folder / "listed.json", ACCESS_LIST) == wanted, "not that list")
        sr.run("--batch", path, "--output-dir", folder / "out", "--json")
        report = folder / "out/core.1.pycore.json"
        sr.check(os.getxattr(report, ACCESS_LIST) == wanted, "not that list in a batch")


def sr_22():
    """Text of an exception is in the core, and in none of the outputs."""
    sr.check(sr.CANARY in sr.core().read_bytes(), "the core has no canary")
    for output in OUTPUT:
        status, out, error, _ = sr.run(output, "--environment", sr.core())
        sr.check(status == 0 and out, output, status)
        sr.check(sr.CANARY not in out and sr.CANARY.decode() not in error, output)
    report = sr.validate(sr.run("--json", sr.core())[1])
    sr.check(report["privacy"]["level"] == "public", report["privacy"])
    frames = [frame for thread in report["threads"] for frame in thread["stack"]]
    sr.check(not any(frame.get("locals") for frame in frames), "has variables")
    told = sr.run("--privacy=local", "--json", sr.core())[1]
    sr.check(sr.CANARY in told, "the canary is not what --privacy=local shows")


def sr_26():
    """One bad core stops no other; two runs do not collide; a second run finds nothing to do."""
    with tempfile.TemporaryDirectory(dir=sr.CACHE) as folder:
        folder = pathlib.Path(folder)
        cores = folder / "cores"
        cores.mkdir()
        shutil.copy(sr.core(), cores / "core.1")
        (cores / "core.2").write_bytes(sr.core().read_bytes()[:64])
        (cores / ".hidden").write_bytes(sr.core().read_bytes())
        shutil.copy(sr.core("recursion/bookworm-3.11"), cores / "core.3")
        out = folder / "out"
        command = ["--batch", cores, "--output-dir", out, "--json"]
        status, _, error, _ = sr.run(*command)
        sr.check(status == 0 and "2 reports" in error, status, error)
        for name in ["core.1", "core.3"]:
            sr.validate((out / f"{name}.pycore.json").read_text())
        status, _, error, _ = sr.run(*command, "--new-only")
        sr.check(status == 0 and "0 reports" in error, error)
        with open(out / ".pycore-report.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            status, _, error, _ = sr.run(*command)
            sr.check(status == 3 and "in use by another batch" in error, status, error)
        sr.check(sr.run(*command)[0] == 0, "the lock was not given back")


def sr_26_quota():
    """No new report when those that are there take all that they may."""
    with tempfile.TemporaryDirectory(dir=sr.CACHE) as folder:
        folder = pathlib.Path(folder)
        settings = folder / "conf"
        settings.write_text("[Collector]\nMaxUse=100K\nFormats=json\n")
        cores = folder / "cores"
        cores.mkdir()
        out = folder / "out"
        command = ["--config", settings, "--batch", cores, "--output-dir", out, "--new-only"]
        for number in range(8):
            shutil.copy(sr.core(), cores / f"core.{number}")
        status, _, error, _ = sr.run(*command, "--jobs=1")
        sr.check(status == 0 and "MaxUse" in error, status, error)
        kept = [name for name in os.listdir(out) if name.endswith(".pycore.json")]
        used = sum((out / name).stat().st_size for name in kept)
        sr.check(0 < len(kept) < 8 and used <= 200 << 10, kept, used)
        for number in range(8):
            (cores / f"core.{number}").unlink()
        shutil.copy(sr.core(), cores / "core.9")
        status, _, error, _ = sr.run(*command)
        sr.check((out / "core.9.pycore.json").exists(), "no room was made", error)


def sr_28():
    """No regular expression or locale: none are used at all. No format of somebody else."""
    wrong = re.compile(r"std::regex|\bregcomp|setlocale|std::locale\(\"|popen\(|\bexecv\w*\(")
    files = [path for folder in ["libpycore/src", "libpycore/include", "reporter"]
             for path in (sr.ROOT / folder).rglob("*.[ch]pp")]
    sr.check(len(files) > 300, len(files))
    for path in files:
        for line in path.read_text().splitlines():
            code = line.split("//")[0]
            sr.check(not wrong.search(code), path, line)
    with tempfile.TemporaryDirectory(dir=sr.CACHE) as folder:
        content = sr.core().read_bytes()
        path = pathlib.Path(folder) / "core"
        path.write_bytes(content.replace(b"program.py", b"%n%s%n(a*)"))
        status, out, _, seconds = sr.run("--json", path)
        sr.check(status in (0, 1, 4) and b"%n%s%n(a*)" in out and seconds < 20, status, seconds)


def sr_table():
    """Every requirement is in the table of docs/security.md with tests, and these are there."""
    page = (sr.ROOT / "docs/security.md").read_text()
    build = sr.REPORT.parent.parent
    listed = json.loads(subprocess.run(["ctest", "--show-only=json-v1"], cwd=build, check=True,
                                       capture_output=True, text=True).stdout)
    names = {test["name"] for test in listed["tests"]}
    rows = {}
    for line in page.splitlines():
        if line.startswith("| SR-"):
            number, _, tests = [cell.strip() for cell in line.strip("|").split("|")]
            rows[number] = re.findall("`([^`]+)`", tests)
    missing = [f"SR-{number:02}" for number in range(1, 32) if f"SR-{number:02}" not in rows]
    sr.check(not missing, "not in the table:", missing)
    for number, tests in rows.items():
        sr.check(tests, number, "has no test")
        for test in tests:
            sr.check(test in names, number, "names a test that is not there:", test)


sr.main(globals())
