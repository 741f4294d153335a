#!/usr/bin/env python3
"""Writes one facts table from measurements of several builds of one CPython version.

    collect.py 3.13.0-release=FILE 3.13.0-debug=FILE ... > cpython-3.13.txt

A FILE is what tests/layouts/measure.py prints for one build, or a list of all members of its
structs as a debugger flattens them, one to a line, "STRUCT.MEMBER OFFSET SIZE TYPE" and
"STRUCT SIZE BYTES", with "bits FIRST+COUNT" at the end of a bit field.
"""

import pathlib
import re
import sys


def read_names():
    names = {}
    for line in (pathlib.Path(__file__).parent / "members.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            member, *spellings = line.split()
            names[member] = spellings
    return names


def read_measured(lines):
    return {member: (size, value) for member, size, value in map(str.split, lines)}


def read_flattened(lines):
    facts = {}
    for line in lines:
        words = line.split()
        if line.startswith("#") or len(words) < 3:
            continue
        if words[1] == "SIZE":
            facts["sizeof:" + words[0]] = ("-", words[2])
            continue
        facts[words[0]] = (words[2], words[1])
        facts["place:" + words[0]] = ("-", words[1])
        if bits := re.search(r"bits (\d+)\+", line):
            facts["bit:" + words[0]] = ("-", bits[1])
    return facts


def read_build(path, names):
    lines = pathlib.Path(path).read_text().splitlines()
    if lines[0].startswith("member "):
        return read_measured(lines[1:])
    facts = read_flattened(lines)
    found = {}
    for member, spellings in names.items():
        known = [facts[name] for name in spellings if name in facts]
        found[member] = known[0] if known else ("-", "-")
    return found


def main():
    names = read_names()
    builds = dict(argument.split("=", 1) for argument in sys.argv[1:])
    facts = {label: read_build(path, names) for label, path in builds.items()}
    print("# Measured, not derived from our tables: collect.py wrote this.")
    print(f"{'member':30} bytes", *builds)
    for member in names:
        cells = [facts[label][member] for label in builds]
        sizes = {size for size, _ in cells if size != "-"}
        if len(sizes) > 1:
            sys.exit(f"{member}: the builds differ in its size")
        row = [value.rjust(len(label)) for label, (_, value) in zip(builds, cells)]
        print(f"{member:30} {sizes.pop() if sizes else '-':>5}", *row)


main()
