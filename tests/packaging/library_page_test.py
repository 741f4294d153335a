#!/usr/bin/env python3
"""Whether libpycore(3) and Debian's list of symbols name the functions that pycore/pycore.h declares;
compiles the example of the page.

    library_page_test.py HEADER MAN_PAGE SYMBOLS COMPILER
"""
import pathlib
import re
import subprocess
import sys


def main():
    header, page, symbols, compiler = sys.argv[1:]
    code = re.sub(r"/\*.*?\*/", "", pathlib.Path(header).read_text(), flags=re.DOTALL)
    declared = set(re.findall(r"\b(pycore_\w+)\([^;{}]*\)\s*PYCORE_NOEXCEPT;", code))
    text = pathlib.Path(page).read_text()
    told = set(re.findall(r"^\.Fn (\w+)", text, re.MULTILINE))
    packaged = set(re.findall(r"^ (pycore_\w+)@PYCORE_0 ", pathlib.Path(symbols).read_text(),
                              re.MULTILINE))
    failed = 0
    for what, names in (("not in the page", declared - told), ("in the page only", told - declared),
                        ("not in Debian's symbols", declared - packaged),
                        ("in Debian's symbols only", packaged - declared)):
        if names:
            failed = 1
            print(f"FAILED: {what}: {sorted(names)}")
    if len(declared) < 10:
        print(f"FAILED: only {len(declared)} functions found in {header}")
        failed = 1

    example = re.search(r"^\.Bd -literal\n(.*?)^\.Ed", text, re.MULTILINE | re.DOTALL)[1]
    done = subprocess.run(
        [compiler, "-std=c99", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-x", "c", "-I",
         str(pathlib.Path(header).parent.parent), "-"],
        input=example.replace("\\e", "\\"), text=True)
    if done.returncode:
        print("FAILED: the example does not compile")
        failed = 1
    print(len(declared), "functions")
    return failed


sys.exit(main())
