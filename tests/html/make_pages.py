#!/usr/bin/env python3
"""Writes the pages that the other tests look at: of cores of the corpus, and made-up ones."""

import argparse
import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile


def choose(cores, everything):
    """One core of each program, of another build each time; of what hangs all."""
    if everything:
        return cores
    plain = [core for core in cores if "+" not in core["build"]]
    chosen = {core["name"]: core for core in plain if core["kind"] in ("hang", "gcore")
              and not core["build"].endswith("-dbg")}
    for turn, scenario in enumerate(sorted({core["scenario"] for core in plain})):
        of_it = [core for core in plain if core["scenario"] == scenario]
        core = of_it[turn % len(of_it)]
        chosen[core["name"]] = core
    return list(chosen.values())


def make_page(core, options, scratch):
    name = core["name"].replace("/", "-")
    unpacked = scratch / name
    page = options.folder / f"{name}.html"
    try:
        subprocess.run([sys.executable, options.corpus / "build.py", "--unpack", core["name"],
                        "-o", unpacked], check=True, stdout=subprocess.DEVNULL)
        done = subprocess.run([options.report, f"--html={page}", "--force", "--environment",
                               "--modules", "--source-path", options.corpus.parent, unpacked],
                              capture_output=True, text=True)
    finally:
        unpacked.unlink(missing_ok=True)
    if done.returncode not in (0, 1) or not page.exists():
        return f"{name}: exit status {done.returncode}: {done.stderr}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=pathlib.Path)
    parser.add_argument("samples", type=pathlib.Path)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--all", action="store_true", help="a page of every core")
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir(parents=True)
    cores = choose(json.loads((options.corpus / "manifest.json").read_text())["cores"],
                   options.all)
    with tempfile.TemporaryDirectory() as scratch, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        failures = [failure for failure in pool.map(
            lambda core: make_page(core, options, pathlib.Path(scratch)), cores) if failure]
    subprocess.run([options.samples, options.folder], check=True)
    for failure in failures:
        print(failure)
    print(f"{len(cores)} pages of cores")
    return 1 if failures or len(cores) < 40 else 0


if __name__ == "__main__":
    sys.exit(main())
