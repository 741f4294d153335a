#!/usr/bin/env python3
"""Completes pycore-report's command line in a real shell, and compares with `--help`.

    completion_test.py bash|zsh|fish PYCORE_REPORT COMPLETION_FILE

Exit status 77: the shell is not installed.
"""
import os
import pathlib
import shutil
import sys
import tempfile

import shells
from help_options import options_of

FOLDER_OPTIONS = {"--sysroot", "--module-path", "--debug-dir", "--source-path", "--output-dir",
                  "--abrt"}
CHOICES = {"--color": {"auto", "always", "never"}, "--privacy": {"local", "public"}}
failures = []


def expect(found, wanted, what):
    if set(found) != set(wanted):
        failures.append(what)
        print(f"FAILED: {what}: missing {sorted(set(wanted) - set(found))}, "
              f"too many {sorted(set(found) - set(wanted))}")


def check_names(shell, options):
    names = {name for option in options for name in option.names}
    expect(shell.complete("pycore-report --"), {name for name in names if name.startswith("--")},
           "long options")
    if shell.lists_short_options:
        expect([name for name in shell.complete("pycore-report -") if not name.startswith("--")],
               {name for name in names if not name.startswith("--")}, "short options")
    expect(shell.complete("pycore-report --print-s"), {"--print-schema"}, "start of an option")
    expect(shell.complete("pycore-report --json --print-s"), {"--print-schema"},
           "an option after another")


def check_values(shell, options):
    """In a folder that holds only the file `report` and the folder `reports`."""
    for option in options:
        if not option.argument:
            continue
        if option.long in CHOICES:
            wanted = CHOICES[option.long]
        elif option.long in FOLDER_OPTIONS:
            wanted = {"reports"}
        elif option.argument in {"FILE", "CORE"}:
            wanted = {"report", "reports"}
        else:
            wanted = set()
        start = "" if option.long in CHOICES else "rep"
        expect(shell.complete(f"pycore-report {option.long}={start}"), wanted, f"{option.long}=")
        if option.joint == " ":
            expect(shell.complete(f"pycore-report {option.long} {start}"), wanted, option.long)


def main():
    name, program, completion = sys.argv[1:]
    if not shutil.which(name):
        print(f"SKIPPED: {name} is not installed")
        return 77
    options, completion = options_of(program), os.path.abspath(completion)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        pathlib.Path("report").touch()
        pathlib.Path("reports").mkdir()
        with shells.SHELLS[name](completion) as shell:
            check_names(shell, options)
            check_values(shell, options)
            expect(shell.complete("pycore-report rep"), {"report", "reports"}, "a core")
            expect(shell.complete("pycore-report --json rep"), {"report", "reports"},
                   "a core after an option")
        os.chdir("/")
    return 1 if failures else 0


sys.exit(main())
