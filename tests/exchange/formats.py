#!/usr/bin/env python3
"""Writes every core of the corpus in each format for other programs, and checks each document by
the rules of who reads it, against our own JSON, and byte by byte.

usage: formats.py REPORT [--all | CORE...]    CORE: as the corpus names it, "null_call/trixie-3.13"

Without any: those of release builds, without faulthandler.
"""

import concurrent.futures
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[1] / "corpus"
sys.dont_write_bytecode = True
sys.path[:0] = [str(HERE), str(CORPUS / "recipe")]
import manifest
from abrt import check_core_backtrace, check_ureport
from markdown import check_markdown
from pack import scratch
from rules import Broken, shown_text
from sentry import check_sentry

FORMATS = ("core-backtrace", "ureport", "sentry", "markdown")


def same_threads(report, backtrace, event):
    """Both tell of the threads our JSON has, and of as many frames that are not inlined."""
    stacks = [[frame for frame in thread["stack"] if not frame.get("inlined")]
              for thread in report["threads"]]
    of_stacks = sorted(min(len(stack), 256) for stack in stacks if stack)
    told = sorted(len(thread["frames"]) for thread in backtrace["stacktrace"])
    left_out = backtrace["pycore"].get("threads_left_out", 0)
    if not left_out and of_stacks != told and len(of_stacks) == len(told):
        raise Broken(f"core_backtrace: {told} frames, and there are {of_stacks}")
    cut = event["extra"].get("left_out", {}).get("threads", 0)
    if len(event["threads"]["values"]) + cut != len(report["threads"]):
        raise Broken("sentry: not all threads")


def same_crash(report, backtrace, ureport, event):
    signal = report["crash"]["signal"] if report["crash"] else None
    for document in (backtrace, ureport["problem"]):
        if document["signal"] != (signal["number"] if signal else 0):
            raise Broken(f"signal {document['signal']}, not {signal}")
    if signal:
        last = event["exception"]["values"][-1]
        if last["type"] != signal["name"] or last["thread_id"] != str(report["crash"]["thread"]):
            raise Broken(f"sentry: {last['type']} in thread {last['thread_id']}")
    expected = "fatal" if signal else "error" if report["deadlocks"] else "info"
    if event["level"] != expected:
        raise Broken(f"sentry: {event['level']}")


def innermost_python(report, backtrace):
    """The crash thread begins with the same Python function as in our JSON."""
    for thread in report["threads"]:
        if thread["crashed"]:
            ours = [frame for frame in thread["stack"] if frame["kind"] == "python"]
            frames = next(one for one in backtrace["stacktrace"] if one.get("crash_thread"))
            told = [frame for frame in frames["frames"]
                    if frame.get("function_name", "").startswith("py:")]
            # A name that controls terminals is spelled out here, and not in JSON.
            if ours and told and (
                    told[0]["build_id_offset"] != (ours[0]["line"] or 0)
                    or ours[0]["qualified_name"] and ours[0]["qualified_name"].isprintable()
                    and not told[0]["function_name"].endswith(ours[0]["qualified_name"])):
                raise Broken(f"core_backtrace: {told[0]}, and it is {ours[0]}")


def check(report_program, core, folder):
    outputs = {name: Path(folder, name) for name in (*FORMATS, "json")}
    done = subprocess.run(
        [report_program, *(f"--{name}={path}" for name, path in outputs.items()), core],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    if done.returncode not in (0, 1, 4):
        raise Broken(f"exit status {done.returncode}: {done.stderr.decode()}")
    texts = {name: shown_text(path) for name, path in outputs.items()}
    report, backtrace, ureport, event = (
        json.loads(texts[name]) for name in ("json", "core-backtrace", "ureport", "sentry"))
    check_core_backtrace(backtrace)
    check_ureport(ureport)
    check_markdown(texts["markdown"])
    check_sentry(event, len(texts["sentry"].encode()))
    same_threads(report, backtrace, event)
    same_crash(report, backtrace, ureport, event)
    innermost_python(report, backtrace)


def check_build(report_program, entries, by_path):
    """The cores of one build, which share what they were packed against."""
    wrong = []
    with scratch() as folder:
        for entry in entries:
            with scratch() as own:
                core = manifest.unpack_chain(CORPUS, entry, by_path, folder)
                try:
                    check(report_program, core, own)
                except (Broken, KeyError, ValueError, subprocess.TimeoutExpired) as fault:
                    wrong.append(f"{entry['name']}: {type(fault).__name__} {fault}")
                if entry["core"] not in {one["base"] for one in by_path.values()}:
                    Path(core).unlink()
    return wrong


def main():
    report_program, *names = sys.argv[1:]
    cores = manifest.read(CORPUS)["cores"]
    by_path = {core["core"]: core for core in cores}
    chosen = [core for core in cores if core["name"] in names or names == ["--all"]
              or not names and not core["name"].endswith(("-dbg", "+faulthandler"))]
    builds = {}
    for core in chosen:
        builds.setdefault(core["name"].split("/")[1].split("+")[0], []).append(core)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = [pool.submit(check_build, report_program, entries, by_path)
                for entries in builds.values()]
        wrong = [line for run in runs for line in run.result()]
    for line in wrong:
        print(line[:2000])
    print(f"{len(chosen) - len(wrong)} cores as they should be, {len(wrong)} not")
    return 1 if wrong or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
