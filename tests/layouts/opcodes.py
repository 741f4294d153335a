#!/usr/bin/env python3
"""opcodes.py COMPARE TOOL NAME: our table of opcodes against those of the interpreter NAME."""

import shutil
import subprocess
import sys
from pathlib import Path


def find(name):
    version = name.removeprefix("python")
    pyenv = sorted((Path.home() / ".pyenv/versions").glob(f"{version}.*/bin/{name}"))
    # Those of pyenv first: what it puts into PATH starts only the version that is chosen.
    return str(pyenv[-1]) if pyenv else shutil.which(name)


def main():
    compare, tool, name = sys.argv[1:]
    python = find(name)
    if python is None:
        print(f"SKIPPED: no {name} on this machine")
        return 0
    theirs = subprocess.run([python, "-I", tool, "facts"], capture_output=True, text=True,
                            check=True).stdout.splitlines()
    ours = subprocess.run([compare, name.removeprefix("python")], capture_output=True, text=True,
                          check=True).stdout.splitlines()
    wrong = sorted(set(ours) ^ {line for line in theirs if not line.endswith(" opaque")})
    for line in wrong:
        print("ours: " if line in ours else "theirs:", line)
    print(f"{python}: {len(theirs)} opcodes, {len(wrong)} lines differ")
    return 1 if wrong or len(theirs) < 100 else 0


sys.exit(main())
