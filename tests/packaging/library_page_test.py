#!/usr/bin/env python3
"""Whether libpycore(3) names the functions that pycore/pycore.h declares, and compiles its example.

    library_page_test.py HEADER MAN_PAGE COMPILER
"""
import pathlib
import re
import subprocess
import sys


def main():
    header, page, compiler = sys.argv[1:]
    code = re.sub(r"/\*.*?\*/", "", pathlib.Path(header).read_text(), flags=re.DOTALL)
    declared = set(re.findall(r"\b(pycore_\w+)\([^;{}]*\)\s*PYCORE_NOEXCEPT;", code))
    text = pathlib.Path(page).read_text()
    told = set(re.findall(r"^\.Fn (\w+)", text, re.MULTILINE))
    failed = 0
    for what, names in (("not in the page", declared - told), ("not in the header", told - declared)):
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
