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

    @property
    def name(self):
        return self.folder.name

    @property
    def program(self):
        return self.folder / ("program.c" if self.compile else "program.py")

    def build_names(self):
        return [name for entry in self.builds for name in GROUPS.get(entry, [entry])]

    def variants(self, build):
        return self.faulthandler_debug if BUILDS[build].flavour == "debug" else self.faulthandler

    def fingerprint(self, common):
        digest = hashlib.sha256()
        inputs = [path for path in self.folder.iterdir() if path.suffix in (".py", ".c", ".json")
                  and ".expected" not in path.name]
        for path in sorted(inputs) + sorted(common.glob("*.py")):
            digest.update(path.name.encode() + path.read_bytes())
        return digest


def load(folder):
    recipe = folder / "recipe.json"
    options = json.loads(recipe.read_text()) if recipe.exists() else {}
    options = {key: tuple(value) if isinstance(value, list) else value
               for key, value in options.items()}
    return Scenario(folder, **options)


def load_all(corpus):
    folders = (path.parent for path in corpus.glob("*/program.*") if path.suffix in (".py", ".c"))
    return {folder.name: load(folder) for folder in sorted(folders)}
