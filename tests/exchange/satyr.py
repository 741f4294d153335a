#!/usr/bin/env python3
"""Has satyr itself read our core_backtrace, where it is installed (Debian has no package of it):
it prints the uReport of a problem directory, with the threads and frames it understood.

usage: satyr.py REPORT
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[1] / "corpus"
CORE = CORPUS / "null_call" / "trixie-3.13.core.zst"
# What a problem directory has besides.
ELEMENTS = {"type": "CCpp", "analyzer": "abrt-journal-core", "executable": "/usr/bin/python3.13",
            "component": "python3.13", "uid": "1000", "count": "1", "architecture": "x86_64",
            "os_release": "Fedora release 39 (Thirty Nine)",
            "os_info": "NAME=Fedora\nID=fedora\nVERSION_ID=39\n"}


def main():
    satyr = shutil.which("satyr")
    if satyr is None:
        print("SKIPPED: satyr is not installed")
        return 0
    written = subprocess.run([sys.argv[1], "--core-backtrace", CORE], capture_output=True,
                             check=True, stdin=subprocess.DEVNULL).stdout
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "core_backtrace").write_bytes(written)
        for name, text in ELEMENTS.items():
            Path(folder, name).write_text(text, "utf-8")
        read = subprocess.run([satyr, "abrt-print-report-from-dir", folder], capture_output=True)
    if read.returncode != 0:
        print(read.stderr.decode())
        return 1
    ours, theirs = json.loads(written), json.loads(read.stdout)["problem"]
    for key in ("signal", "executable", "stacktrace"):
        if ours[key] != theirs[key]:
            print(f"{key}: {theirs[key]}\nours: {ours[key]}")
            return 1
    print(f"satyr read {len(ours['stacktrace'])} threads as we wrote them")
    return 0


if __name__ == "__main__":
    sys.exit(main())
