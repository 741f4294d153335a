"""The ELF files that go with the cores: which of them, and how they are stored."""

from pathlib import Path

import elf
from builds import BUILDS, STORED_LIBPYTHON, STORED_MODULES
from pack import pack, scratch, strip_debug, unpack

PROGRAMS = "/case/"


def is_stored(build, path):
    if path == build.libpython:
        return build.name in STORED_LIBPYTHON
    if path.startswith(PROGRAMS):
        return not path.endswith(".dat")
    return Path(path).name.startswith(STORED_MODULES)


class ModuleStore:
    """`builds`: the manifest's, each with the list of its modules."""

    def __init__(self, corpus, builds):
        self.corpus, self.builds = corpus, builds

    def store(self, build, core, source_of):
        """Those files of a core that are not stored yet; `source_of` finds a path's file."""
        modules = self.builds[build.name]["modules"]
        for path in elf.mapped_files(core.read_bytes()):
            if not is_stored(build, path):
                continue
            source = source_of(path)
            at = next((i for i, module in enumerate(modules) if module["path"] == path), None)
            if at is None:
                modules.append(self.pack(build, path, source))
            elif modules[at]["build_id"] != elf.build_id(source.read_bytes()):
                modules[at] = self.pack(build, path, source)

    def forget_unused(self):
        used = {module["file"] for build in self.builds.values() for module in build["modules"]}
        for packed in self.corpus.glob("modules/*.zst"):
            if str(packed.relative_to(self.corpus)) not in used:
                packed.unlink()

    def pack(self, build, path, source):
        with scratch() as folder:
            return self.pack_in(Path(folder), build, path, source)

    def pack_in(self, folder, build, path, source):
        stripped = folder / "module"
        strip_debug(source, stripped)
        build_id = elf.build_id(stripped.read_bytes())
        target = f"modules/{build_id[:16]}-{Path(path).name}.zst"
        base = self.base_of(build, path)
        if not (self.corpus / target).exists():
            reference = None
            if base:
                reference = folder / "module-base"
                unpack(self.corpus / base, reference)
            pack(stripped, self.corpus / target, reference)
        return {"path": path, "file": target, "base": base, "build_id": build_id}

    def base_of(self, build, path):
        """A debug interpreter and a libpython are stored as differences from the interpreter."""
        if path == build.python and build.flavour == "release" or build.prefix:
            return None
        if path not in (build.python, build.libpython):
            return None
        release = BUILDS[build.name.removesuffix("-dbg")]
        return next((module["file"] for module in self.builds.get(release.name, {}).get("modules", [])
                     if module["path"] == release.python), None)
