#!/usr/bin/env python3
"""Compares our repr() of the values of zoo.py with Python's, in a fresh core of every CPython 3.11
to 3.14 found here, with the ELF files at hand and without.

usage: compare.py PRINT_VALUES [[ROOT:]PYTHON...]      ROOT: the interpreter lives in this chroot
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

# Their types are in no module.
NAMED_NOWHERE = ("odict_keys", "odict_values", "odict_items")
METHOD_NAME = re.compile(r"built-in method \S+ of")


def run(python, root, folder):
    """(what Python said, the core) of one run."""
    files = [HERE / "zoo.py", HERE / "truth.py", *HERE.glob("*_zoo.py")]
    core = dump(python, root, folder, files, "zoo.py truth")
    return json.loads((folder / "truth").read_text("ascii")), core


def ask(printer, core, addresses, options):
    out = subprocess.run([printer, core, *options], input="\n".join(addresses) + "\n",
                         capture_output=True, text=True, encoding="utf-8", check=True)
    return dict(zip(addresses, map(json.loads, out.stdout.splitlines()), strict=True))


def problems_of(truth, answers, with_files):
    found = []
    for at, expected in truth["exact"].items():
        if answers[at]["text"] != expected or answers[at]["truncated"]:
            found.append(f"{answers[at]}, not {expected!r}")
    for at, expected in truth["named_in_files"].items():
        text = answers[at]["text"]
        nameless = METHOD_NAME.sub("built-in method ? of", expected)
        if text != expected and (with_files or text not in (nameless, f"<not saved at {at}>")):
            found.append(f"{answers[at]}, not {expected!r}")
    for at in truth["broken"]:
        if not answers[at]["text"].startswith("<corrupt: "):
            found.append(f"{answers[at]} at {at}, which is freed")
    for at, expected in truth["attributes"].items():
        if answers[at].get("attributes", {}) != expected:
            found.append(f"{answers[at]}: attributes, not {expected}")
    for at in truth["exact"]:
        name = answers[at]["type"]
        nameless = not with_files and not name and truth["types"][at] in NAMED_NOWHERE
        if name != truth["types"][at] and not nameless:
            found.append(f"{answers[at]}: type {answers[at]['type']}, not {truth['types'][at]}")
    return found


def check(printer, python, root):
    """(how many values were compared, what differs) with files and without."""
    with tempfile.TemporaryDirectory(dir=root / "tmp") as name:
        truth, core = run(python, root, Path(name))
        addresses = list(truth["types"])
        sysroot = ["--sysroot", str(root)] if root != Path("/") else []
        problems = []
        for label, options in (("with files", sysroot), ("without files", ["--no-files"])):
            answers = ask(printer, core, addresses, options)
            problems += [f"{label}: {problem}" for problem in
                         problems_of(truth, answers, not options or options == sysroot)]
        return 2 * len(addresses), problems


def main():
    printer, given = sys.argv[1], sys.argv[2:]
    compared = failed = 0
    for python, root in interpreters(given):
        try:
            count, problems = check(printer, python, root)
        except Skip as why:
            print(f"skip: {python}: {why}")
            continue
        except (RuntimeError, subprocess.SubprocessError) as why:
            count, problems = 0, [str(why)]
        compared += count
        failed += len(problems)
        for problem in problems[:20]:
            print(f"FAILED {root}:{python}: {problem[:1500]}")
        print(f"{python}: {count} values compared, {len(problems)} differ")
    conclude(compared, failed)


if __name__ == "__main__":
    main()
