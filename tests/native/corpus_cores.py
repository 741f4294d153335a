#!/usr/bin/env python3
"""Compares the native frames of the corpus with gdb's.

    corpus_cores.py --native PRINT_NATIVE --report PYCORE_REPORT --gdb GDB CORPUS [SCENARIO ...]

Without scenarios: all. Cores of builds whose modules the corpus does not store are left out.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import compare


class Unpacked:
    """Files of the corpus in a folder of their own, each unpacked once."""

    def __init__(self, corpus, folder):
        self.corpus, self.folder, self.files = corpus, folder, {}

    def file(self, packed, bases):
        if packed not in self.files:
            base = bases.get(packed)
            reference = [f"--patch-from={self.file(base, bases)}"] if base else []
            target = self.folder / packed.replace("/", "_")
            subprocess.run(["zstd", "-q", "-f", "-d", "--long=31", *reference,
                            str(self.corpus / packed), "-o", str(target)], check=True)
            self.files[packed] = target
        return self.files[packed]

    def root(self, name, modules, bases):
        """A root folder with the modules of one build, merged as Debian's is."""
        root = self.folder / "roots" / name
        if not root.exists():
            for link in ("lib", "lib64", "bin"):
                (root / "usr" / link).mkdir(parents=True, exist_ok=True)
                (root / link).symlink_to(f"usr/{link}")
            for module in modules:
                place = root / module["path"].lstrip("/")
                place.parent.mkdir(parents=True, exist_ok=True)
                place.hardlink_to(self.file(module["file"], bases))
                # The core has the file's name, the dynamic linker's list that of a link.
                name = place.name
                while ".so." in name and not place.with_name(name := name.rpartition(".")[0]).exists():
                    place.with_name(name).symlink_to(place.name)
        return root


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
    bases = {core["core"]: core["base"] for core in manifest["cores"]}
    for build in manifest["builds"].values():
        bases.update({module["file"]: module["base"] for module in build["modules"]})
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
