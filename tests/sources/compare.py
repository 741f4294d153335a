#!/usr/bin/env python3
"""Compares the lines of source in our reports with what Python itself shows of them, for modules
written in every way (program.py), in fresh cores of every CPython 3.11 to 3.14 found here.

usage: compare.py REPORT [[ROOT:]PYTHON...]      ROOT: the interpreter lives in this chroot
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "live"))
from fresh_core import Skip, conclude, dump, interpreters

PLACE = re.compile(r'  File "(.*)", line (\d+), in ')


def run(python, root, folder, mode):
    """(whether Python draws more than we do, what it said, the core) of one run."""
    core = dump(python, root, folder, [HERE / "program.py"], f"program.py truth {mode}")
    # The function that dies does so on a later line than it tells of itself.
    truth = json.loads((folder / "truth").read_text("ascii"))
    return truth["draws_more"], truth["entries"][:-1], core


def report(tool, core, root, *options):
    sysroot = ["--sysroot", root] if root != Path("/") else []
    out = subprocess.run([tool, *options, *sysroot, core], capture_output=True, text=True,
                         encoding="utf-8", check=True)
    return out.stdout


def frames_of(document, truth):
    frames = [frame for frame in document["threads"][0]["stack"] if frame["kind"] == "python"]
    # Outermost first, and without what the dying function called.
    return frames[::-1][:len(truth)]


def compare_lines(document, truth, from_process):
    for frame, entry in zip(frames_of(document, truth), truth, strict=True):
        source = entry["source"].rstrip("\n")
        if frame["line"] != entry["line"] or frame["source"] != source:
            yield f"{frame}: not {entry}"
        if ("source_from_process" in frame) != from_process:
            yield f"{frame}: from the process or not"


def compare_none(document, truth, folder):
    """The files of `folder` have changed since."""
    for frame, entry in zip(frames_of(document, truth), truth, strict=True):
        if "/made/" in entry["file"] and frame["source"] is not None:
            yield f"{frame}: a line of a file that has changed"
    told = [warning["message"].split(" is not ")[0] for warning in document["warnings"]
            if warning["code"] == "source-differs"]
    if len(told) != len(set(told)):
        yield f"warned twice: {told}"
    if len(told) != len(list((folder / "made").glob("*.py"))):
        yield f"warned of {told} only"


def drawn(text):
    """What the text report has below each place of the thread that crashed, outermost first."""
    part = text.split("\nCrashed thread ")[1].split("\n\n")[0]
    entries = []
    for line in part.splitlines()[1:]:
        if place := PLACE.match(line):
            entries.append((place[1], int(place[2]), []))
        elif entries and line.startswith("    "):
            entries[-1][2].append(line)
    return entries[::-1]


def compare_drawn(text, truth):
    """Where Python draws no more than `^` below one line. Tabs and what controls a terminal are not
    shown as they are."""
    count = 0
    for (file, line, ours), entry in zip(drawn(text), truth):
        shown = entry["shown"]
        marks = "".join(shown[1:])
        if 1 <= len(shown) <= 2 and not set(marks) - set(" ^") and not set(shown[0]) & set("\t\v\f"):
            count += 1
            if (line, ours) != (entry["line"], shown):
                yield f"{file}: {ours}, not {shown}"
    if count < len(truth) // 2:
        yield f"only {count} of {len(truth)} drawings were compared"


def change(folder):
    for path in (folder / "made").glob("*.py"):
        path.write_bytes(b"# a new line\n" + path.read_bytes().removeprefix(b"\xef\xbb\xbf"))


def check(tool, python, root):
    """(how many lines were compared, what differs)"""
    problems = []
    compared = 0
    for mode in ("keep", "clear"):
        with tempfile.TemporaryDirectory(dir=root / "tmp") as name:
            folder = Path(name)
            draws_more, truth, core = run(python, root, folder, mode)
            kept = mode == "keep"
            for options in [[], ["--no-source"], ["--no-recorded-paths"]] if kept else [[]]:
                document = json.loads(report(tool, core, root, "--json", *options))
                problems += compare_lines(document, truth, kept)
                compared += len(truth)
            if not draws_more:
                problems += compare_drawn(report(tool, core, root, "--no-locals"), truth)
            change(folder)
            document = json.loads(report(tool, core, root, "--json"))
            problems += (compare_lines(document, truth, True) if kept else
                         compare_none(document, truth, folder))
    return compared, problems


def main():
    tool, given = Path(sys.argv[1]).resolve(), sys.argv[2:]
    compared = failed = 0
    for python, root in interpreters(given):
        try:
            count, problems = check(tool, python, root)
        except Skip as why:
            print(f"skip: {python}: {why}")
            continue
        except (RuntimeError, subprocess.SubprocessError) as why:
            count, problems = 0, [str(why)]
        compared += count
        failed += len(problems)
        for problem in problems[:20]:
            print(f"FAILED {root}:{python}: {problem[:1500]}")
        print(f"{python}: {count} lines compared, {len(problems)} differ")
    conclude(compared, failed)


if __name__ == "__main__":
    main()
