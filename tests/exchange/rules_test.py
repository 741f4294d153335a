#!/usr/bin/env python3
"""Breaks documents that are as they should be, in one place each: the rules must refuse them all."""

import copy
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from abrt import check_core_backtrace, check_ureport
from markdown import check_markdown
from rules import Broken
from sentry import check_sentry

REMOVED = object()
FRAMES = [{"address": 4096, "build_id": "ab12", "build_id_offset": 16, "file_name": "/lib/libc.so",
           "function_name": "strlen"},
          {"address": 0, "build_id_offset": 42, "file_name": "/srv/app.py",
           "function_name": "py:app.inner"}]
BACKTRACE = {"signal": 11, "executable": "/usr/bin/python3",
             "stacktrace": [{"crash_thread": True, "frames": FRAMES}, {"frames": FRAMES}]}
UREPORT = {"ureport_version": 2, "reason": "Program killed",
           "reporter": {"name": "pycore report", "version": "0.1.0"},
           "os": {"name": "fedora", "version": "39", "architecture": "x86_64"},
           "packages": [{"name": "python3", "epoch": 0, "version": "3.12.1", "release": "2.fc39",
                         "architecture": "x86_64", "package_role": "affected"}],
           "problem": {"type": "core", "component": "python3", "serial": 1,
                       "user": {"root": False, "local": True}, **BACKTRACE}}
EVENT = {"event_id": "0123456789ab4def8123456789abcdef", "platform": "native", "level": "fatal",
         "exception": {"values": [
             {"type": "KeyError", "value": "'a'", "thread_id": "7",
              "mechanism": {"type": "chained", "exception_id": 1, "parent_id": 0}},
             {"type": "SIGSEGV", "value": "died", "thread_id": "7",
              "mechanism": {"type": "signalhandler", "exception_id": 0,
                            "meta": {"signal": {"number": 11}}},
              "stacktrace": {"frames": [{"platform": "native", "instruction_addr": "0x1010",
                                         "image_addr": "0x1000"}]}}]},
         "threads": {"values": [{"id": "7", "crashed": True}, {"id": "8"}]},
         "debug_meta": {"images": [
             {"type": "elf", "image_addr": "0x1000", "image_size": 4096,
              "code_id": "68220ae2c65d65c1b6aaa12fa6765a6ec2f5f434",
              "debug_id": "e20a2268-5dc6-c165-b6aa-a12fa6765a6e"}]}}
PAGE = "## `died`\n\n| | |\n|---|---|\n| signal | ``a ` b`` |\n\n```text\n@x <b>\n```\n"

THREAD = ("stacktrace", 0)
FRAME = (*THREAD, "frames", 0)
WRONG = [
    *((check_core_backtrace, BACKTRACE, place, value) for place, value in [
        (("signal",), "11"), (("signal",), 70000), (("executable",), None), (THREAD, []),
        ((*THREAD, "crash_thread"), REMOVED), (("stacktrace", 1, "crash_thread"), True),
        ((*THREAD, "crash_thread"), 1), ((*FRAME, "address"), -1), ((*FRAME, "address"), 1 << 64),
        ((*FRAME, "address"), "0x10"), ((*FRAME, "build_id_offset"), 5000),
        ((*FRAME, "function_name"), None), ((*FRAME, "function_name"), "py:f")]),
    *((check_ureport, UREPORT, place, value) for place, value in [
        (("ureport_version",), 1), (("reporter", "name"), "pycore-report"), (("os",), REMOVED),
        (("packages",), REMOVED), (("packages",), []), (("packages", 0, "epoch"), "0"),
        (("reason",), "x" * 513), (("problem", "component"), "a b"),
        (("problem", "component"), REMOVED), (("problem", "user", "root"), 0),
        (("problem", "stacktrace"), []), (("problem", *THREAD, "frames"), []),
        (("problem", *FRAME, "address"), REMOVED), (("problem", *FRAME, "file_name"), REMOVED),
        (("problem", *FRAME, "build_id_offset"), REMOVED),
        (("problem", *FRAME, "build_id"), "no hex"), (("problem", "signal"), -1)]),
    *((check_sentry, EVENT, place, value) for place, value in [
        (("event_id",), "0123"), (("event_id",), REMOVED), (("level",), "bad"), (("more",), 1),
        (("platform",), REMOVED), (("threads", "values", 1, "id"), "7"),
        (("threads", "values", 0, "stacktrace"), {"frames": []}),
        (("exception", "values", 1, "thread_id"), "9"),
        (("exception", "values", 1, "stacktrace", "frames"), []),
        (("exception", "values", 1, "stacktrace", "frames", 0, "instruction_addr"), 16),
        (("exception", "values", 1, "stacktrace", "frames", 0, "instruction_addr"), "0x9000"),
        (("exception", "values", 1, "stacktrace", "frames", 0, "file"), "a.c"),
        (("exception", "values", 1, "mechanism", "exception_id"), 1),
        (("exception", "values", 0, "mechanism", "parent_id"), 1),
        (("exception", "values", 1, "mechanism", "meta", "signal", "number"), "11"),
        (("debug_meta", "images", 0, "debug_id"), "68220ae2-c65d-65c1-b6aa-a12fa6765a6e"),
        (("debug_meta", "images", 0, "image_addr"), 4096)]),
]
WRONG_PAGES = ["", PAGE.replace("## ", ""), PAGE + "@octocat\n", PAGE + "`a\n", PAGE + "```text\nx\n",
               PAGE + "<b>\n", PAGE + "http://x\n", PAGE + "| a | `x|y` |\n", PAGE + "``a`\n",
               PAGE + "<details><summary>`x`</summary>\n", PAGE + "x\n" * 40_000]


def changed(document, place, value):
    made = copy.deepcopy(document)
    at = made
    for step in place[:-1]:
        at = at[step]
    if value is REMOVED:
        del at[place[-1]]
    else:
        at[place[-1]] = value
    return made


def accepts(check, document):
    try:
        check(document)
        return True
    except (Broken, KeyError):
        return False


def main():
    good = [(check_core_backtrace, BACKTRACE), (check_ureport, UREPORT), (check_sentry, EVENT),
            (check_markdown, PAGE)]
    faults = [f"refused: {document}" for check, document in good if not accepts(check, document)]
    faults += [f"accepted: {check.__name__} {place} {value}" for check, document, place, value
               in WRONG if accepts(check, changed(document, place, value))]
    faults += [f"accepted: {page[:200]!r}" for page in WRONG_PAGES if accepts(check_markdown, page)]
    print("\n".join(faults) or f"{len(WRONG) + len(WRONG_PAGES)} wrong documents refused")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
