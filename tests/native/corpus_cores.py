#!/usr/bin/env python3
"""Compares the native frames of the corpus with gdb's.

    corpus_cores.py --native PRINT_NATIVE --report PYCORE_REPORT --gdb GDB CORPUS [SCENARIO ...]

Without scenarios: all. Cores of builds whose modules the corpus does not store are left out.
"""
import argparse
import json
import pathlib
import sys
import tempfile

import compare

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from corpus_files import Unpacked, bases_of  # noqa: E402


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--native", required=True)
    parser.add_argument("--report", required=True)
    parser.add_argument("--gdb", required=True)
    parser.add_argument("--debug-roots", type=pathlib.Path,
                        help="root folders by suite, with debug files: all functions have names")
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("scenarios", nargs="*")
    options = parser.parse_args()

    manifest = json.loads((options.corpus / "manifest.json").read_text())
    bases = bases_of(manifest)
    cores = [core for core in manifest["cores"]
             if manifest["builds"][core["build"]]["modules"]
             and core["scenario"] in (options.scenarios or [core["scenario"]])]
    totals = compare.Totals()
    with tempfile.TemporaryDirectory(prefix="pycore-native-") as folder:
        unpacked = Unpacked(options.corpus, pathlib.Path(folder))
        for core in cores:
            modules = manifest["builds"][core["build"]]["modules"]
            debug_root = options.debug_roots and options.debug_roots / core["build"].split("-")[0]
            root = debug_root if debug_root and debug_root.exists() else unpacked.root(
                core["build"], modules, bases)
            totals.add(options, core["name"], unpacked.file(core["core"], bases), str(root))
    sys.exit(totals.finish(99.0))


if __name__ == "__main__":
    main()
