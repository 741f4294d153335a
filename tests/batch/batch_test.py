#!/usr/bin/env python3
"""Reports on 200 cores at once, 10 of them broken, and looks whether all of it is true; interrupts
that and resumes it; runs it again; breaks workers and the index.

    batch_test.py --report PYCORE_REPORT --schema SCHEMA CORPUS

The truth is that of core_folder.py, which put the cores there, and what pycore-report says of single
ones. Exit status 77: a tool is missing.
"""
import argparse
import collections
import datetime
import fcntl
import json
import os
import pathlib
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time

from core_folder import make_folder
from memory import PeakMemory, children_of
from page_check import check_page

FORMATS = ["--json", "--text"]
failures = []


def check(condition, *what):
    if not condition:
        failures.append(" ".join(str(word) for word in what))
        print("FAILED:", *what)


def shown(path):
    """As the index writes a path of this test."""
    return path.replace("\x1b", "\\x1b").replace("\x07", "\\x07").replace("\n", "\\n")


def text_of_time(microseconds):
    start = datetime.datetime(1970, 1, 1)
    return (start + datetime.timedelta(microseconds=microseconds)).isoformat(
        timespec="microseconds") + "Z"


class Batch:
    def __init__(self, program, source):
        self.program, self.source = program, source

    def command(self, out, *options):
        return [self.program, "--batch", str(self.source), "--output-dir", str(out), *FORMATS,
                *options]

    def run(self, out, *options):
        """Status, lines of standard error and seconds."""
        start = time.monotonic()
        done = subprocess.run(self.command(out, *options), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        check(done.stdout == "", "a batch writes nothing to standard output")
        return done.returncode, done.stderr.splitlines(), time.monotonic() - start

    def start(self, out, *options):
        return subprocess.Popen(self.command(out, *options), stdin=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, text=True)


def index_of(out):
    return [json.loads(line) for line in (out / "index.jsonl").read_text("ascii").splitlines()]


def content_of(out):
    """All files of a folder but the lock, by name."""
    return {path.name: path.read_bytes() for path in out.iterdir() if not path.name.endswith(".lock")}


def check_entry(entry, truth):
    where = entry["core"]
    status = os.lstat(truth.path)
    check(entry["size"] == status.st_size, where, "has the size", entry["size"])
    check(entry["time"] == text_of_time(truth.time or status.st_mtime_ns // 1000), where,
          "has the time", entry["time"])
    check(entry["time_source"] == truth.time_source, where, "has its time from",
          entry["time_source"])
    check(entry["hostname"] == truth.hostname, where, "is of", entry["hostname"])
    if truth.source is None:
        check(entry["status"] == "error" and entry["error"] and not entry["reports"], where,
              "is broken, and the index says", entry["status"], entry["error"])
        return
    check(entry["error"] is None and len(entry["reports"]) == 2, where, "failed:", entry["error"])
    check(entry["python_version"] == truth.python, where, "is of Python", entry["python_version"])
    for report, suffix in zip(entry["reports"], ("json", "txt")):
        if truth.stem:
            check(report == f"{truth.stem}.pycore.{suffix}", where, "has the report", report)
        check(report.endswith(f".pycore.{suffix}"), where, "has the report", report)


def check_index(out, folder):
    entries = index_of(out)
    truths = {shown(path): truth for path, truth in folder.truths.items()}
    for path, truth in folder.truths.items():
        truth.path = path
    check({entry["core"] for entry in entries} == set(truths), "the index has other cores:",
          {entry["core"] for entry in entries} ^ set(truths))
    for entry in entries:
        if entry["core"] in truths:
            check_entry(entry, truths[entry["core"]])
    order = [(-datetime.datetime.fromisoformat(e["time"][:-1]).timestamp(), e["core"])
             for e in entries]
    check(order == sorted(order), "the index is not sorted")
    names = [name for entry in entries for name in entry["reports"]]
    check(len(names) == len(set(names)) == 380, "380 reports are", len(set(names)))
    check(set(content_of(out)) == {*names, "index.jsonl", "index.html"}, "there are other files")
    for path in out.iterdir():
        mode = stat.S_IMODE(path.lstat().st_mode)
        check(mode & 0o137 == 0, path, "has the mode", oct(mode))
    return entries


def check_against_single(program, out, entries):
    """Every seventh entry says what the command for that one core says."""
    for entry in [e for e in entries if e["reports"] and e["core"].isprintable()][::7]:
        if "\\x1b" in entry["core"] or "\\n" in entry["core"]:
            continue
        done = subprocess.run([program, "--json", entry["core"]], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, check=False)
        check(done.stdout == (out / entry["reports"][0]).read_bytes(), entry["core"],
              "has another report")
        report = json.loads(done.stdout)
        crash = report["crash"] or {"kind": None, "signal": {"name": None}, "summary": None}
        told = (entry["status"], entry["exit_status"], entry["kind"], entry["signal"], entry["pid"],
                entry["command"], entry["warnings"], entry["deadlocks"])
        single = (report["status"], done.returncode, crash["kind"], crash["signal"]["name"],
                  report["process"]["pid"], report["process"]["command"], len(report["warnings"]),
                  len(report["deadlocks"]))
        check(told == single, entry["core"], "has", told, "and alone", single)
        signature = report.get("signature")
        check((entry["signature"] or {}).get("id") == (signature or {}).get("id"), entry["core"],
              "has another signature")


def check_schema(entries, schema):
    try:
        import jsonschema
    except ImportError:
        print("NOTE: python3-jsonschema is not installed: the index is not validated")
        return
    validator = jsonschema.Draft202012Validator(json.loads(pathlib.Path(schema).read_text()))
    for entry in entries:
        for error in validator.iter_errors(entry):
            check(False, entry["core"], "does not validate:", error.message)
    for key in entries[0]:
        broken = dict(entries[0])
        broken[key + "_"] = broken.pop(key)
        check(not validator.is_valid(broken), "the schema does not see that", key, "is renamed")
        check(not validator.is_valid({**entries[0], key: {"a": ()}}), "the schema takes any", key)


def check_html(out, entries):
    page = check_page(out)
    check(not page.errors, "index.html:", page.errors[:5])
    groups = collections.Counter(
        e["signature"]["id"] if e["signature"] else (e["kind"], e["summary"])
        for e in entries if not e["error"])
    check(f"{len(entries)} cores: 190 reports of {len(groups)} different crashes, 6 cores without"
          in page.text, "the page has other counts:", page.text[4000:4400])
    check("<script>alert(1)<" in page.text, "a hostile name is not shown as it is")


def check_first_run(batch, folder, out, schema):
    process = batch.start(out)
    memory = PeakMemory(process.pid)
    memory.start()
    lines = process.communicate()[1].splitlines()
    peak = memory.stop()
    print(f"all processes together had {peak:.0f} MiB at most")
    check(peak < 300, "the batch had", peak, "MiB")
    check(process.returncode == 0, "a batch with broken cores ends with", process.returncode)
    check(all(line.isprintable() for line in lines), "a control character is on standard error")
    check(sum(line.startswith("done ") for line in lines) >= 196, "not each core has a line")
    check("196 cores: 190 reports, 6 failed; 4 other files left out" in lines[-1], "in the end:",
          lines[-1])
    entries = check_index(out, folder)
    check_against_single(batch.program, out, entries)
    check_schema(entries, schema)
    check_html(out, entries)


def stamps(out):
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in out.iterdir()}


def check_second_run(batch, out, first_seconds):
    before = stamps(out)
    status, lines, seconds = batch.run(out)
    check(status == 0 and stamps(out) == before, "a second run writes:",
          {name for name, stamp in stamps(out).items() if before.get(name) != stamp})
    check("0 reports, 6 failed, 190 kept" in lines[-1], "a second run says", lines[-1])
    print(f"first run {first_seconds:.1f} s, second run {seconds:.2f} s")
    check(seconds < first_seconds / 3, "a second run takes", seconds, "s")


def check_interrupted(batch, out, complete, number):
    """Stopped after some cores and resumed, it is as if nothing had happened."""
    process = batch.start(out)
    seen = 0
    while seen < 40 and process.stderr.readline():
        seen += 1
    process.send_signal(number)
    rest = process.communicate()[1].splitlines()
    check(process.returncode == 128 + number, "stopped by", number, "it ends with",
          process.returncode)
    check("not read" in rest[-1], "stopped, it says", rest[-1])
    stopped = content_of(out)
    entries = index_of(out)
    listed = {name for entry in entries for name in entry["reports"]}
    check(35 <= len(entries) < 196, "stopped, the index has", len(entries))
    check(set(stopped) == {*listed, "index.jsonl", "index.html"}, "stopped, it left other files")
    check(all(stopped[name] == complete[name] for name in listed), "a stopped run cut a report")
    before = stamps(out)
    status, lines, _ = batch.run(out)
    after = stamps(out)
    check(status == 0 and content_of(out) == complete, "resumed, it differs:", lines[-1])
    check(all(after[name] == before[name] for name in listed), "what was done was done again")


def find_worker(process, patience=5.0):
    """A worker that has only just begun would be stopped before it is one."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        children = children_of(process.pid)
        if children:
            return children[0]
    return None


def check_broken_workers(batch, out):
    """One worker crashes: that costs its core's report alone, which the next run makes up for."""
    process = batch.start(out, "--jobs", "1", "--force")
    process.stderr.readline()
    os.kill(find_worker(process), signal.SIGSEGV)
    lines = process.communicate()[1].splitlines()
    failed = [entry for entry in index_of(out) if entry["error"] and "crashed" in entry["error"]]
    check(process.returncode == 0 and len(failed) == 1, "a crash of a worker costs", len(failed),
          "reports:", lines[-1])
    if failed:
        check(failed[0]["exit_status"] == 4 and "SIGSEGV" in failed[0]["error"], "a crash is",
              failed[0])


def check_limits(program, scratch, core):
    """Too little memory, and no answer in time."""
    out = scratch / "limits"
    command = [program, "--batch", core, "--output-dir", str(out), "--json"]
    done = subprocess.run([*command, "--worker-memory", "1M"], stderr=subprocess.PIPE, text=True,
                          check=False)
    entry = index_of(out)[0]
    check(done.returncode == 0 and entry["limits"] == ["worker-memory"] and entry["exit_status"] == 4,
          "without memory:", entry, done.stderr)
    process = subprocess.Popen([*command, "--force", "--time-limit", "1"], stderr=subprocess.PIPE,
                               text=True)
    os.kill(find_worker(process), signal.SIGSTOP)
    process.communicate()
    entry = index_of(out)[0]
    check(process.returncode == 0 and entry["limits"] == ["time-limit"], "a hang:", entry)
    check(sorted(content_of(out)) == ["index.html", "index.jsonl"], "a failure left a file")


def check_changes(batch, folder, out):
    """What is new is read, what is gone stays, and what is damaged is made again."""
    paths = [path for path in folder.truths if "/plain/" in path][20:24]
    os.utime(paths[0], ns=(1, 10**18))  # hard links: other cores change with it
    check("0 reports" in batch.run(out, "--new-only")[1][-1], "--new-only read a core that changed")
    status, lines, _ = batch.run(out)
    check(status == 0 and ", 0 failed" not in lines[-1] and " 0 reports" not in lines[-1],
          "a change was not seen:", lines[-1])

    entries = index_of(out)
    gone = [path for path in folder.truths if "/systemd/" in path][10]
    os.unlink(gone)
    lost = next(e for e in entries if e["core"] == paths[1])["reports"][0]
    (out / lost).unlink()
    lines = batch.run(out)[1]
    check(" 1 report, " in lines[-1] and (out / lost).exists(), "a lost report:", lines[-1])
    check(gone in [e["core"] for e in index_of(out)], "a core that is gone lost its entry")

    before = content_of(out)
    text = (out / "index.jsonl").read_text()
    damaged = text.replace(".pycore.json", "/../../etc/x", 1).splitlines(keepends=True)
    damaged[5] = damaged[5][:50] + "\n"
    (out / "index.jsonl").write_text("".join(damaged) + "[" * 100_000)
    lines = batch.run(out)[1]
    check("3 damaged lines" in lines[0], "a damaged index:", lines[0])
    check(content_of(out) == before, "a damaged index was not made again")


def check_lock(batch, out):
    with open(out / ".pycore-report.lock", "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        status, lines, _ = batch.run(out)
    check(status == 3 and len(lines) == 1 and "in use by another batch" in lines[0],
          "a second batch at once:", status, lines)


def measure_speed(batch, scratch, rounds):
    """The median of how many times faster two jobs are than one."""
    ratios = []
    for number in range(rounds):
        one, two = scratch / f"one{number}", scratch / f"two{number}"
        seconds = [batch.run(one, "--jobs", "1")[2], batch.run(two, "--jobs", "2")[2]]
        ratios.append(seconds[0] / seconds[1])
        print(f"1 job {seconds[0]:.1f} s, 2 jobs {seconds[1]:.1f} s: {ratios[-1]:.2f} x")
        check(content_of(one) == content_of(two), "the number of jobs changes the reports")
        shutil.rmtree(one)
        shutil.rmtree(two)
    return sorted(ratios)[len(ratios) // 2]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--report", required=True)
    parser.add_argument("--schema")
    parser.add_argument("--speed", type=int, default=0, metavar="ROUNDS",
                        help="only measure, that often, and expect 1.7 x with two jobs")
    parser.add_argument("corpus", type=pathlib.Path)
    options = parser.parse_args()
    if shutil.which("zstd") is None:
        print("SKIPPED: zstd is not installed")
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="pycore-batch-") as name:
        scratch = pathlib.Path(os.path.realpath(name))
        folder = make_folder(options.corpus, scratch / "cores", scratch / "unpacked")
        batch = Batch(options.report, folder.path)
        if options.speed:
            ratio = measure_speed(batch, scratch, options.speed)
            print(f"two jobs are {ratio:.2f} x as fast as one (median)")
            sys.exit(0 if ratio >= 1.7 and not failures else 1)
        out = scratch / "out"
        start = time.monotonic()
        check_first_run(batch, folder, out, options.schema)
        first_seconds = time.monotonic() - start
        complete = content_of(out)
        check_second_run(batch, out, first_seconds)
        check_interrupted(batch, scratch / "int", complete, signal.SIGINT)
        check_interrupted(batch, scratch / "term", complete, signal.SIGTERM)
        check_lock(batch, out)
        check_limits(options.report, scratch, next(iter(folder.truths)))
        check_broken_workers(Batch(options.report, folder.path / "abrt"), scratch / "broken")
        check_changes(batch, folder, out)
        print(f"{time.monotonic() - start:.0f} s in all")
    print(f"{len(failures)} failures")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
