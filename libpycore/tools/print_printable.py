#!/usr/bin/env python3
"""Writes src/values/printable_table.cpp: which characters str.isprintable() accepts, by the minor
version that first did. The interpreters themselves say it, oldest first:

    print_printable.py python3.11 python3.12 python3.13 python3.14 > printable_table.cpp

A version that takes a character back does not fit the table and is an error.
"""

import itertools
import subprocess
import sys

ASK = ("import sys; print(sys.version_info[1], "
       "''.join('01'[chr(i).isprintable()] for i in range(0x110000)))")
NEVER = 0


def ask(interpreter):
    out = subprocess.run([interpreter, "-I", "-c", ASK], capture_output=True, text=True, check=True)
    minor, flags = out.stdout.split()
    return int(minor), flags


def first_minor(answers, code_point):
    told = [flags[code_point] for _, flags in answers]
    if told != sorted(told):
        sys.exit(f"U+{code_point:04X} was printable and is no more")
    return answers[told.index("1")][0] if "1" in told else NEVER


def main():
    answers = [ask(interpreter) for interpreter in sys.argv[1:]]
    if not answers or answers != sorted(answers):
        sys.exit(__doc__)
    cells = []
    since = lambda code_point: first_minor(answers, code_point)
    for minor, run in itertools.groupby(range(0x110000), key=since):
        run = list(run)
        if minor != NEVER:
            cells.append(f"{{0x{run[0]:X}, 0x{run[-1]:X}, {minor}}},")
    versions = ", ".join(f"3.{minor}" for minor, _ in answers)
    print(f"// What CPython {versions} say themselves; tools/print_printable.py wrote this.")
    print('\n#include "values/printable_table.hpp"\n\nnamespace pycore {\nnamespace {\n')
    print("// clang-format off")
    print(f"constexpr std::array<PrintableRange, {len(cells)}> ranges{{{{")
    for at in range(0, len(cells), 4):
        print("    " + " ".join(cells[at:at + 4]))
    print("}};\n// clang-format on\n\n}  // namespace\n")
    print("std::span<const PrintableRange> printable_ranges() noexcept\n{\n    return ranges;\n}\n")
    print("}  // namespace pycore")


main()
