#!/usr/bin/env python3
"""mandoc and, where it is there, groff find nothing wrong with a man page.

    lint_man_pages.py FOLDER

Exit status 77: mandoc is not installed.
"""
import pathlib
import shutil
import subprocess
import sys


def complaints(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


def main():
    pages = [page for page in sorted(pathlib.Path(sys.argv[1]).iterdir())
             if page.suffix[1:].isdigit()]
    if not pages:
        print("FAILED: no man pages in", sys.argv[1])
        return 1
    if not shutil.which("mandoc"):
        print("SKIPPED: mandoc is not installed")
        return 77
    failed = 0
    for page in pages:
        status, said = complaints("mandoc", "-T", "lint", "-W", "warning", str(page))
        if shutil.which("groff"):
            groff_status, groff_said = complaints(
                "groff", "-ww", "-mandoc", "-Tutf8", "-z", str(page))
            status, said = status or groff_status or bool(groff_said), said + groff_said
        if status:
            failed = 1
            print(f"FAILED: {page}\n{said}")
    print(len(pages), "pages")
    return failed


sys.exit(main())
