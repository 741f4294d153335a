"""Cores and ELF files of the corpus, unpacked where a test in Python needs them as files."""
import subprocess


def bases_of(manifest):
    """What each packed file is a difference to, or None."""
    bases = {core["core"]: core["base"] for core in manifest["cores"]}
    for build in manifest["builds"].values():
        bases.update({module["file"]: module["base"] for module in build["modules"]})
    return bases


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
