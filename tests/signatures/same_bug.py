#!/usr/bin/env python3
"""Makes fresh cores of one bug that differ in all that a signature must not depend on: the folder,
shifted lines, names and number of threads, ids, addresses, the depth of a recursion, and the
interpreter. Compares the signatures of their reports.

usage: same_bug.py REPORT [[ROOT:]PYTHON...]
       ROOT: the interpreter lives in this chroot
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "live"))
from fresh_core import Skip, conclude, dump, interpreters

RUNS = [("plain", "case", "NAME=worker DEPTH=0", 0),
        ("moved", "another_folder", "NAME=job-4711 DEPTH=3 PAD=" + 3000 * "x", 7)]
SENT = {"deadlock.py": "SIGABRT"}


def shifted(program, lines, folder):
    """The program with comments between its parts, so that no line is where it was."""
    text = program.read_text("utf-8").replace("\n\n\n", "\n\n" + lines * "# moved\n" + "\n")
    target = folder / program.name
    target.write_text(text, "utf-8")
    return target


def signature(report, program, python, root, run):
    name, folder_name, variables, lines = run
    with tempfile.TemporaryDirectory(dir=root / "tmp") as scratch:
        source = Path(scratch) / "source"
        folder = Path(scratch) / folder_name
        source.mkdir()
        folder.mkdir()
        file = shifted(program, lines, source)
        core = dump(python, root, folder, [file], file.name, variables, SENT.get(program.name, ""))
        out = subprocess.run([report, "--json", "--no-locals", "--sysroot", root, core],
                             capture_output=True, check=True)
    return json.loads(out.stdout)["signature"]


def main():
    report, given = sys.argv[1], sys.argv[2:]
    compared = failed = 0
    owners = {}
    for program in sorted((HERE / "programs").glob("*.py")):
        found = {}
        for python, root in interpreters(given):
            for run in RUNS:
                try:
                    made = signature(report, program, python, root, run)
                except Skip as why:
                    print(f"skip: {program.name} of {root}:{python}: {why}")
                    continue
                found.setdefault((made["id"], made["coarse_id"]), []).append(
                    f"{run[0]} of {root}:{python}: {made['text']} ({made['confidence']})")
                compared += 1
        if len(found) > 1:
            failed += 1
            print(f"FAILED: {program.name} has {len(found)} signatures:")
            for runs in found.values():
                print("  " + "\n  ".join(runs))
        for ids, runs in found.items():
            if ids in owners:
                failed += 1
                print(f"FAILED: {program.name} has the signature of {owners[ids]}: {runs[0]}")
            owners[ids] = program.name
    print(f"signatures: {compared} cores compared, {failed} programs failed")
    conclude(compared, failed)


if __name__ == "__main__":
    main()
