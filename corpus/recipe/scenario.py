"""A scenario folder and its recipe.json."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from builds import BUILDS

RELEASE = ["bookworm-3.11", "local-3.12", "trixie-3.13", "sid-3.14"]
DEBUG = ["bookworm-3.11-dbg", "trixie-3.13-dbg", "sid-3.14-dbg"]
GROUPS = {"release": RELEASE, "debug": DEBUG, "all": RELEASE + DEBUG}


@dataclass(frozen=True)
class Scenario:
    folder: Path
    kind: str = "crash"             # crash, hang, gcore, unsupported, not-python
    builds: tuple = ("all",)
    faulthandler: tuple = (False, True)
    faulthandler_debug: tuple = (False,)
    stack_kib: int = 1024
    signal_after_ready: str = ""    # sent once the program has told its truth
    compile: bool = False           # program.c; it is given script.py if there is one
    libpython: bool = False         # it is linked with the build's libpython
    executable: str = "host"        # its file name: two modules of a build never share a path
    faulthandler_stops_early: tuple = ()  # builds whose faulthandler ends a list at a helper frame
    helper: str = ""                # NAME.c or NAME.cpp beside the program, seen as /case/NAME.so
    helper_flags: tuple = ("-s",)   # as the wheels of most projects, of a build with -O2 -g0
    packages: tuple = ()            # of Debian, laid over the root folder for this scenario only
    crash: dict | None = None       # what the author made it die of, see README.md
    dies_outside_python: bool = False  # in a thread that CPython does not know

    @property
    def name(self):
        return self.folder.name

    @property
    def program(self):
        return self.folder / ("program.c" if self.compile else "program.py")

    @property
    def teller_dies(self):
        """The thread that told its truth is the one that crashes."""
        return self.kind == "crash" and not self.dies_outside_python

    def build_names(self):
        return [name for entry in self.builds for name in GROUPS.get(entry, [entry])]

    def variants(self, build):
        return self.faulthandler_debug if BUILDS[build].flavour == "debug" else self.faulthandler

    def fingerprint(self, common):
        digest = hashlib.sha256()
        inputs = [path for path in self.folder.iterdir()
                  if path.suffix in (".py", ".c", ".cpp", ".json") and ".expected" not in path.name]
        for path in sorted(inputs) + sorted(common.glob("*.py")):
            digest.update(path.name.encode() + contents(path))
        return digest


def contents(path):
    """What a core depends on: the declaration of its crash is about the core, not in it."""
    if path.name != "recipe.json":
        return path.read_bytes()
    recipe = json.loads(path.read_text("utf-8"))
    recipe.pop("crash", None)
    return json.dumps(recipe).encode() + b"\n"


def load(folder):
    recipe = folder / "recipe.json"
    options = json.loads(recipe.read_text()) if recipe.exists() else {}
    options = {key: tuple(value) if isinstance(value, list) else value
               for key, value in options.items()}
    return Scenario(folder, **options)


def load_all(corpus):
    folders = (path.parent for path in corpus.glob("*/program.*") if path.suffix in (".py", ".c"))
    return {folder.name: load(folder) for folder in sorted(folders)}
