#!/usr/bin/env python3
"""Boots real systemd in namespaces, with this build installed, and lets Python crash there: what
systemd-coredump stores is to be reported, soon, each of it, once, and nothing else.

    systemd_test.py --build BUILD --packages FOLDER --message-id FILE [--host ROOT] SCRATCH

Exit status 77: it cannot run here, and says why.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import stat
import sys
import time
import traceback

from control_groups import Limits
from host import REPORTS, SERVICE, Host, check, failures
from machine import CannotRun, Machine
from packages import fetch

UNITS = [SERVICE, "pycore-collect-due.service", "pycore-collect.path", "pycore-collect.timer"]
SLICE = "pycoretest.slice"
SECONDS_TO_REPORT = 5
STORM = 40
# Seconds between cores that come one by one. A path unit that starts the run itself misses some.
STREAM = [0.01, 0.03, 0.08, 0.12, 0.02, 0.17, 0.05, 0.14, 0.09, 0.2, 0.06, 0.11]
MOST_EXPOSURE = 1.5
CANARY = "CANARY-9f3b-of-a-file-that-is-no-core"
RECORD_FIELDS = ["PYCORE_SIGNATURE", "PYCORE_SIGNATURE_HASH", "PYCORE_REPORT", "COREDUMP_PID",
                 "COREDUMP_UID", "COREDUMP_TIMESTAMP", "COREDUMP_EXE"]
FORGER = """
import socket
text = "\\n".join(["MESSAGE_ID=fc2e22bc6ee647b6b90729ab34a250b1", "MESSAGE=forged", "PRIORITY=2",
    "COREDUMP_PID=1", "COREDUMP_UID=0", "COREDUMP_GID=0", "COREDUMP_SIGNAL=11", "COREDUMP_COMM=x",
    "COREDUMP_TIMESTAMP=1700000000000000", "COREDUMP_EXE=/usr/bin/python3",
    "COREDUMP_FILENAME=/etc/secret", ""])
sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
sender.sendto(text.encode(), "/run/systemd/journal/socket")
"""


def check_units(host, machine):
    paths = [f"/usr/lib/systemd/system/{unit}" for unit in UNITS]
    said = machine.run("systemd-analyze", "verify", "--man=no", *paths, check=False)
    check(said.returncode == 0 and not said.stderr.strip(), "systemd-analyze verify:", said.stderr)
    machine.run("systemctl", "enable", "--now", "pycore-collect.path", "pycore-collect.timer")
    check("WantedBy=paths.target" in "".join(
        f"{key}={value}" for key, value in machine.show("pycore-collect.path", "WantedBy").items()),
        "the path unit is not part of paths.target")
    machine.run("journalctl", "--update-catalog")
    catalog = machine.run("journalctl", "--list-catalog", host.message_id, check=False).stdout
    check("pycore-report" in catalog, "the catalog has no entry for our records:", catalog)
    folder = host.reports.stat()
    check(stat.S_IMODE(folder.st_mode) == 0o750 and folder.st_uid != 0,
          "the folder of reports:", oct(folder.st_mode), folder.st_uid)


def check_exposure(_, machine):
    said = machine.run("systemd-analyze", "security", "--no-pager", SERVICE, check=False).stdout
    level = re.search(r"Overall exposure level for \S+: ([0-9.]+)", said)
    check(level and float(level[1]) < MOST_EXPOSURE, "systemd-analyze security:", said[-200:])
    print("exposure level", level and level[1])


def check_one_crash(host, _):
    pid, = host.crash("make", "/tmp/one", 1)
    host.crash("hand", "/tmp/one", pid)
    host.settle()
    core, = host.stored()
    attributes = {name: os.getxattr(core, name).decode() for name in os.listxattr(core)
                  if name.startswith("user.coredump.")}
    check(attributes.get("user.coredump.pid") == str(pid), "attributes of the core:", attributes)
    file = host.report_of(core)
    check(file.exists(), "no report", file)
    status = file.stat()
    check(stat.S_IMODE(status.st_mode) == 0o640 and status.st_uid == host.reports.stat().st_uid,
          "mode and owner of the report:", oct(status.st_mode), status.st_uid)
    seconds = host.seconds_to_report(core)
    check(seconds < SECONDS_TO_REPORT, "the report came after", seconds, "s")
    print(f"one crash: reported after {seconds:.2f} s")
    report = json.loads(file.read_text())
    check(report["process"]["pid"] == pid, "pid of the report", report["process"])
    check(report["crash"]["signal"]["name"] == "SIGSEGV", "signal", report["crash"]["signal"])
    names = [frame.get("function") for frame in report["threads"][0]["stack"]
             if frame["kind"] == "python"]
    check(names == ["string_at", "read_field", "load_image", "<module>"], "Python stack:", names)
    check_files(report)
    return core


def check_files(report):
    """The ELF files are there for the service, too."""
    found = {os.path.basename(module["path"]): module["found"] for module in report["modules"]}
    lost = [name for name, where in found.items() if where is None and name != "[vdso]"]
    check(not lost and len(found) > 3, "ELF files not found in the root of the service:", lost)


def check_record(host, core):
    records = host.records()
    check(len(records) == 1, "journal records of one crash:", len(records))
    if not records:
        return
    record, report = records[0], json.loads(host.report_of(core).read_text())
    missing = [name for name in RECORD_FIELDS if not record.get(name)]
    check(not missing, "the record lacks", missing, record)
    check(record.get("PYCORE_SIGNATURE_HASH") == report["signature"]["id"],
          "hash of the record", record.get("PYCORE_SIGNATURE_HASH"))
    check(record.get("PYCORE_REPORT") == f"/var/{REPORTS}/{host.report_of(core).name}",
          "path in the record", record.get("PYCORE_REPORT"))
    check(record.get("COREDUMP_PID") == str(report["process"]["pid"]), "pid in the record")
    for name in "pid", "uid", "timestamp", "exe":
        check(record.get("COREDUMP_" + name.upper()) ==
              os.getxattr(core, "user.coredump." + name).decode(), name, "of the record")
    check("load_image" in record["MESSAGE"], "no traceback in the message:", record["MESSAGE"])
    check(record.get("_SYSTEMD_UNIT") == SERVICE, "unit of the record", record.get("_SYSTEMD_UNIT"))


def check_storm(host, machine):
    before = host.stored()
    pids = host.crash("make", "/tmp/storm", STORM)
    host.crash("hand", "/tmp/storm", *pids)
    host.settle()
    new = host.stored() - before
    missed = [core.name for core in new if not host.report_of(core).exists()]
    check(len(new) > 1, "systemd stored only", len(new), "of", STORM)
    check(not missed, "cores without a report:", missed)
    late = max((host.seconds_to_report(core) for core in new if core.name not in missed), default=0)
    failed = machine.show(SERVICE, "Result", "NRestarts")
    check(failed["Result"] == "success", "the service:", failed)
    print(f"{STORM} crashes at once: systemd stored {len(new)}, all reported: {not missed}, "
          f"the last one after {late:.1f} s")


def check_stream(host):
    """Cores that come while a run is under way, or ends: systemd does not look at the folder then."""
    some_core = next(iter(host.stored()))
    content = some_core.read_bytes()
    new = []
    for number, seconds in enumerate(STREAM):
        name = f"core.python3.0.{'5' * 32}.{number + 1}.{1700000000 + number}000000"
        (host.cores / ".#core").write_bytes(content)
        new.append((host.cores / ".#core").rename(host.cores / f"{name}{some_core.suffix}"))
        time.sleep(seconds)
    host.settle()
    missed = [core.name for core in new if not host.report_of(core).exists()]
    check(not missed, "cores that came while others were reported:", len(missed), missed)


def check_memory(machine, limits):
    allowed = int(machine.show(SERVICE, "MemoryMax")["MemoryMax"])
    peak = machine.groups.peak_memory(SLICE)
    if peak is None:
        print("NOT MEASURED: memory of the service, no memory controller here")
        return
    check(limits.seen == {allowed}, "limits that the kernel had:", limits.seen, "not", allowed)
    check(0 < peak < allowed, "the service took", peak, "of", allowed)
    print(f"memory of the service, files in memory included: at most {peak >> 20} MiB of the "
          f"{allowed >> 20} MiB that the kernel enforced")


def state(host):
    """All that a run could change, but for its lock."""
    return {path.name: (path.stat().st_mtime_ns, path.stat().st_size) if "index" not in path.name
            else path.read_bytes() for path in host.reports.iterdir() if path.name[0] != "."}


def check_nothing_changes(host, machine, what):
    before, records = state(host), len(host.records())
    machine.run("systemctl", "start", SERVICE)
    host.settle()
    after = state(host)
    changed = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
    check(not changed, what, "changed", changed)
    check(len(host.records()) == records, what, "was logged")


def check_traps(host, machine):
    secret = machine.var / "secret"
    secret.write_text(CANARY)
    secret.chmod(0o600)
    machine.run("cp", "-a", "/var/secret", "/etc/secret")
    some_core = next(iter(host.stored()))
    name = "core.python3.0.{}.{}.1700000000000000"
    traps = [host.cores / name.format("0" * 32, number) for number in range(3)]
    traps.append(host.cores / ("." + some_core.name))
    traps[0].symlink_to("/etc/secret")
    os.mkfifo(traps[1])
    os.link(secret, traps[2].with_name("memory"))
    os.symlink(some_core.name, traps[2])
    shutil.copy(some_core, traps[3])
    machine.run("setpriv", "--reuid=65534", "--clear-groups", machine.python, "-c", FORGER)
    host.settle()
    check_nothing_changes(host, machine, "a link, a FIFO, a hard link, a dot file, a forged entry")
    written = [path for path in host.reports.iterdir() if CANARY.encode() in path.read_bytes()]
    check(not written, "the text of a file that is no core is in", written)
    logged = machine.run("journalctl", "--no-pager", "--all", "-u", SERVICE).stdout
    check(CANARY not in logged, "the text of a file that is no core is in the journal")
    for trap in [*traps, traps[2].with_name("memory")]:
        trap.unlink()


def check_debugger(host, machine, packed):
    """coredumpctl runs us as it would gdb; on a core that is packed, and on one that is not."""
    settings = machine.var / "plain.conf"
    settings.write_text("[Coredump]\nCompress=no\n")
    before = host.stored()
    check(packed.name.endswith(".zst"), "not packed:", packed.name)
    machine.run("mkdir", "-p", "/etc/systemd/coredump.conf.d")
    machine.run("cp", "/var/plain.conf", "/etc/systemd/coredump.conf.d/plain.conf")
    pid, = host.crash("make", "/tmp/plain", 1)
    host.crash("hand", "/tmp/plain", pid)
    host.settle()
    plain, = host.stored() - before
    check(not plain.name.endswith(".zst"), "packed all the same", plain.name)
    for core in packed, plain:
        pid = os.getxattr(core, "user.coredump.pid").decode()
        said = machine.run("coredumpctl", "-q", "debug", "--debugger=pycore-report", "-A", "--json",
                           pid, check=False)
        try:
            report = json.loads(said.stdout)
            check(report["process"]["pid"] == int(pid), "coredumpctl debug:", report["process"])
        except ValueError as error:
            check(False, "coredumpctl debug", core.name, error, said.stdout[:300], said.stderr[:300])


def prepare(machine):
    """A slice of its own for the service, which remembers how much memory it had."""
    units = machine.installed / "etc/systemd/system"
    (units / f"{SERVICE}.d").mkdir(parents=True)
    (units / f"{SERVICE}.d" / "test.conf").write_text(f"[Service]\nSlice={SLICE}\n")
    (units / SLICE).write_text("[Slice]\nMemoryAccounting=yes\n")


def run_checks(machine, message_id):
    host = Host(machine)
    host.message_id = message_id
    host.install_script()
    print("systemd", machine.run("systemctl", "--version").stdout.split()[1])
    limits = Limits(machine.groups, f"{SLICE}/{SERVICE}")
    limits.start()
    check_units(host, machine)
    check_exposure(host, machine)
    core = check_one_crash(host, machine)
    check_record(host, core)
    check_nothing_changes(host, machine, "a second run")
    check_storm(host, machine)
    check_stream(host)
    check_memory(machine, limits)
    check_traps(host, machine)
    check_debugger(host, machine, core)


def skip(why):
    print("SKIPPED:", why)
    sys.exit(77)


def main():
    parser = argparse.ArgumentParser()
    for name in "--build", "--packages", "--message-id":
        parser.add_argument(name, required=True)
    parser.add_argument("--host", type=pathlib.Path, default="/",
                        help="a root of another Debian, whose /usr and systemd are taken")
    parser.add_argument("scratch", type=pathlib.Path)
    options = parser.parse_args()
    if os.geteuid() != 0:
        skip("root is needed to boot systemd in namespaces")
    missing = [tool for tool in ("apt-get", "dpkg", "unshare", "nsenter", "pivot_root")
               if not shutil.which(tool)]
    if missing:
        skip(f"needs {' '.join(missing)}")
    packages, reason = fetch(pathlib.Path(options.packages), options.host)
    if packages is None:
        skip(f"no packages of systemd: {reason}")
    shutil.rmtree(options.scratch, ignore_errors=True)
    options.scratch.mkdir(parents=True)
    machine = None
    try:
        machine = Machine(options.scratch, packages, options.build, options.host)
        prepare(machine)
        machine.start()
        try:
            run_checks(machine, pathlib.Path(options.message_id).read_text().strip())
        except Exception:  # Whatever it is, the journal may say why.
            check(False, traceback.format_exc())
        if failures:
            print(machine.run("journalctl", "--no-pager", "-n", "80", check=False).stdout)
    except CannotRun as error:
        skip(error)
    finally:
        if machine:
            machine.stop()
        shutil.rmtree(options.scratch, ignore_errors=True)
    sys.exit(1 if failures else 0)


main()
