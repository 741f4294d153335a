#!/usr/bin/env python3
"""Builds the corpus: real cores, what CPython said about them, and the ELF files they map.

    build.py                   rebuild what changed, all scenarios and builds
    build.py -s NAME -b BUILD  only these (both repeatable); --force even if nothing changed
    build.py --chroots         make the root folders first (debootstrap)
    build.py --add NAME        a new scenario folder to fill in
    build.py --check           unpack every core and compare its checksum
    build.py --unpack CORE     unpack one core, e.g. null_call/trixie-3.13, to -o FILE

Needs root, Debian's debootstrap, binutils, gcc, util-linux and zstd, and a core_pattern that is a
plain file name. See README.md.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

CORPUS = Path(__file__).resolve().parent
sys.path.insert(0, str(CORPUS / "recipe"))

import manifest  # noqa: E402
import scenario as scenarios  # noqa: E402
from builds import BUILDS, PACKAGES  # noqa: E402
from make import Maker  # noqa: E402


def make_chroots(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for suite, packages in PACKAGES.items():
        if not (folder / suite).exists():
            subprocess.run(["debootstrap", "--variant=minbase", f"--include={packages}",
                            suite, folder / suite], check=True)


def add(name):
    if not 7 <= len(name) <= 10:
        sys.exit("build.py: a name of 7 to 10 letters keeps the cores small, see README.md")
    folder = CORPUS / name
    folder.mkdir()
    (folder / "program.py").write_text(
        '"""What this program shows."""\n\nimport os\n\nfrom truth import tell\n\n\n'
        "def main():\n    tell(), os.abort()\n\n\nmain()\n")
    (folder / "notes.md").write_text(f"# {name}\n\nWhat it shows, and why it is here.\n")
    (folder / "recipe.json").write_text('{"kind": "crash"}\n')
    print(f"fill in {folder}, then: build.py -s {name}")


def options():
    parser = argparse.ArgumentParser(formatter_class=argparse.RawDescriptionHelpFormatter,
                                     description=__doc__)
    parser.add_argument("-s", "--scenario", action="append")
    parser.add_argument("-b", "--build", action="append")
    parser.add_argument("--force", action="store_true")
    parser.add_argument("--chroots", action="store_true")
    parser.add_argument("--add", metavar="NAME")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--unpack", metavar="CORE")
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--roots", type=Path, default=Path("/srv/chroot"),
                        help="folder of the root folders (default: %(default)s)")
    parser.add_argument("--local", type=Path, default=Path.home() / ".pyenv/versions",
                        help="folder of locally built Pythons, by version (default: %(default)s)")
    return parser.parse_args()


def main():
    given = options()
    if given.add:
        return add(given.add)
    if given.check:
        return manifest.check(CORPUS)
    if given.unpack:
        return manifest.unpack(CORPUS, given.unpack, given.output or Path("core"))
    if given.chroots:
        make_chroots(given.roots)
    if os.geteuid() != 0:
        sys.exit("build.py: needs root (chroot, mount)")
    known = scenarios.load_all(CORPUS)
    for name in set(given.scenario or []) - known.keys():
        sys.exit(f"build.py: no scenario {name}")
    maker = Maker(CORPUS, given.roots, given.local, given.force)
    for build in given.build or BUILDS:
        maker.make_build(BUILDS[build], known, given.scenario)
    maker.finish(known)
    if maker.failures:
        sys.exit("\n".join(["build.py: not built:", *maker.failures]))


if __name__ == "__main__":
    main()
