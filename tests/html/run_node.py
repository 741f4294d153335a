#!/usr/bin/env python3
"""Runs a script of this folder with Node.js, in a folder that has its packages.

Usage: run_node.py FOLDER SCRIPT ARGUMENTS...

The packages are those of package-lock.json, by their checksums; they come from the npm registry
once and stay in FOLDER. No script of theirs runs on installation.
"""

import filecmp
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
OLDEST_NODE = 18


def skip(why):
    print(f"SKIPPED: {why}")
    sys.exit(0)


def check_node():
    if not shutil.which("node") or not shutil.which("npm"):
        skip("no node and npm to run a browser with")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    if int(version.lstrip("v").split(".")[0] or 0) < OLDEST_NODE:
        skip(f"node {version.strip()} is too old")


def install(folder):
    lock = folder / "package-lock.json"
    done = folder / "installed.json"
    if done.exists() and filecmp.cmp(HERE / "package-lock.json", done, shallow=False):
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder / name)
    npm = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder,
                         capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300)
    if npm.returncode != 0:
        network = any(word in npm.stderr for word in
                      ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ECONNRESET"))
        if network:
            skip("no npm registry in reach")
        sys.exit(f"npm ci failed:\n{npm.stderr}")
    shutil.copy(lock, done)


def main():
    folder = pathlib.Path(sys.argv[1])
    check_node()
    install(folder)
    # Modules are looked for next to the script.
    script = folder / sys.argv[2]
    shutil.copy(HERE / sys.argv[2], script)
    return subprocess.run(["node", script, *sys.argv[3:]]).returncode


if __name__ == "__main__":
    sys.exit(main())
