#!/usr/bin/env python3
"""Checks what each format makes of reports of hostile processes.

usage: hostile.py WRITER    the program pycore_hostile_reports
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))
from abrt import check_core_backtrace, check_ureport
from markdown import check_markdown
from rules import Broken, shown_text
from sentry import check_sentry

MOST_BYTES = 8 << 20  # ABRT reads no more of an element


def check(folder):
    texts = {path.name: shown_text(path) for path in folder.iterdir()}
    check_sentry(json.loads(texts["sentry"]), len(texts["sentry"].encode()))
    check_markdown(texts["markdown"])
    for name in ("core-backtrace", "ureport"):
        if len(texts[name].encode()) > MOST_BYTES:
            raise Broken(f"{name}: {len(texts[name])} characters")
    if folder.name != "empty":  # FAF takes no report without a thread
        check_core_backtrace(json.loads(texts["core-backtrace"]))
        check_ureport(json.loads(texts["ureport"]))


def main():
    wrong = 0
    with tempfile.TemporaryDirectory() as temporary:
        subprocess.run([sys.argv[1], temporary], check=True, timeout=200)
        folders = sorted(Path(temporary).iterdir())
        for folder in folders:
            try:
                check(folder)
            except (Broken, KeyError, ValueError) as fault:
                wrong += 1
                print(f"{folder.name}: {type(fault).__name__} {fault}"[:1000])
    print(f"{len(folders) - wrong} reports as they should be, {wrong} not")
    return 1 if wrong or len(folders) < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
