"""A folder of 200 cores, 10 of them broken, as collectors leave them behind; and what is true of each,
told by who put it there."""
import dataclasses
import gzip
import json
import lzma
import os
import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from corpus_files import Unpacked, bases_of  # noqa: E402

# Small ones, of every version.
SOURCES = ("null_call/bookworm-3.11", "null_call/local-3.12", "null_call/trixie-3.13",
           "null_call/sid-3.14", "exception/trixie-3.13", "exception/bookworm-3.11",
           "abort_call/sid-3.14", "not_python/bookworm-c")
BOOT = "0123456789abcdef0123456789abcdef"
MICROSECONDS = 1_700_000_000_000_000


@dataclasses.dataclass
class Truth:
    """What the index has to say of a core."""
    source: str = None    # of the corpus; None: it is broken
    python: str = None
    time: int = None      # microseconds; None: the file's modification time
    time_source: str = "mtime"
    hostname: str = None
    stem: str = None      # of the reports' names


class Folder:
    def __init__(self, corpus, path, scratch):
        self.path = path
        self.truths = {}      # path -> Truth, of each core that the index has
        self.scratch = scratch
        scratch.mkdir()
        path.mkdir()
        manifest = json.loads((corpus / "manifest.json").read_text())
        unpacked = Unpacked(corpus, scratch)
        bases = bases_of(manifest)
        self.cores = {}
        self.python = {}
        for core in manifest["cores"]:
            if core["name"] in SOURCES:
                self.cores[core["name"]] = pathlib.Path(unpacked.file(core["core"], bases))
                self.python[core["name"]] = manifest["builds"][core["build"]]["python"]
        self.packed = {}

    def source(self, number):
        return SOURCES[number % len(SOURCES)]

    def add(self, name, source, data=None, own=False, **truth):
        """`own`: a copy that shares nothing with the others, for its attributes and its time."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = data or self.cores[source]
        if own:
            shutil.copyfile(data, path)
        else:
            os.link(data, path)
        python = None if source == "not_python/bookworm-c" else self.python[source]
        truth.setdefault("stem", path.name)
        self.truths[str(path)] = Truth(source=source, python=python, **truth)
        return path

    def pack(self, source, kind):
        """The core, compressed; once for all that need it."""
        path = self.scratch / f"{source.replace('/', '-')}.{kind}"
        if not path.exists():
            content = self.cores[source].read_bytes()
            if kind == "xz":
                path.write_bytes(lzma.compress(content, preset=0))
            elif kind == "gz":
                path.write_bytes(gzip.compress(content, 1))
            else:
                subprocess.run(["zstd", "-q", "-1", self.cores[source], "-o", path], check=True)
        return path

    def add_plain(self, count):
        for number in range(count):
            self.add(f"plain/core.{number}", self.source(number))

    def add_packed(self, count):
        for number in range(count):
            kind = ("zst", "gz", "xz")[number % 3]
            source = self.source(number)
            self.add(f"packed/app{number}.core.{kind}", source, self.pack(source, kind),
                     stem=f"app{number}.core")

    def add_systemd(self, count):
        for number in range(count):
            source = self.source(number)
            stem = f"core.py\\x2fthon.1000.{BOOT}.{100 + number}.{MICROSECONDS + number}"
            packed = number % 2 == 1
            path = self.add(f"systemd/{stem}" + (".zst" if packed else ""), source,
                            self.pack(source, "zst") if packed else None, own=number < 6,
                            time=MICROSECONDS + number, time_source="file-name", stem=stem)
            if number < 6:
                self.add_attributes(path, number)

    def add_attributes(self, path, number):
        try:
            os.setxattr(path, "user.coredump.hostname", b"web-%d" % (number % 2))
            os.setxattr(path, "user.coredump.timestamp", b"%d" % (1_600_000_000 + number))
        except OSError:
            return
        truth = self.truths[str(path)]
        truth.hostname = f"web-{number % 2}"
        truth.time = (1_600_000_000 + number) * 1_000_000
        truth.time_source = "xattr"

    def add_abrt(self, count):
        for number in range(count):
            source = self.source(number)
            name = f"abrt/ccpp-2023-11-{number:02}-77"
            kind = ".zst" if number % 2 else ""
            self.add(f"{name}/coredump{kind}", source,
                     self.pack(source, "zst") if kind else None,
                     time=(1_650_000_000 + number) * 1_000_000, time_source="abrt",
                     hostname="db.example.org", stem=name.rpartition("/")[2])
            folder = self.path / name
            (folder / "time").write_text(f"{1_650_000_000 + number}\n")
            (folder / "type").write_text("CCpp")
            (folder / "hostname").write_text("db.example.org")
            (folder / "sosreport.tar.xz").write_bytes(self.pack(source, "xz").read_bytes()[:100])

    def add_same_names(self, count):
        """Of plain/core.N: names in two folders."""
        for number in range(count):
            self.add(f"again/core.{number}", self.source(number + 1))
            for folder in ("plain", "again"):
                self.truths[str(self.path / folder / f"core.{number}")].stem = None

    def add_hostile_names(self):
        for number, name in enumerate(("core.<script>alert(1)<", "core.\x1b]0;x\x07", "core.new\nline",
                                       "core. &\"'`", "core." + "x" * 240)):
            self.add(f"hostile/{name}", self.source(number), stem="" if len(name) > 200 else
                     name.replace("\x1b", "\\x1b").replace("\x07", "\\x07").replace("\n", "\\n"))

    def break_ten(self):
        """Six that claim to be cores get an entry; four others are left out."""
        content = self.cores[SOURCES[2]].read_bytes()
        zeros = subprocess.run("head -c 1000000000 /dev/zero | zstd -q -c", shell=True, check=True,
                               stdout=subprocess.PIPE).stdout
        told = {"empty": b"", "garbage": b"garbage " * 1000,
                "program": pathlib.Path("/bin/true").read_bytes(), "bomb.zst": zeros,
                "cut.zst": self.pack(SOURCES[2], "zst").read_bytes()[:200],
                "headers": content[:64]}
        folder = self.path / "broken"
        folder.mkdir()
        for number, (name, data) in enumerate(told.items()):
            suffix = ".zst" if name.endswith(".zst") else ""
            path = folder / f"core.{name.partition('.')[0]}.0.{BOOT}.7.{MICROSECONDS + number}{suffix}"
            path.write_bytes(data)
            self.truths[str(path)] = Truth(time=MICROSECONDS + number, time_source="file-name")
        os.mkfifo(folder / f"core.fifo.0.{BOOT}.7.1700000000000000")
        (folder / "notes.txt.zst").write_bytes(zeros[:100])
        (folder / "core").write_bytes(b"no core at all")
        os.symlink("/etc/passwd", folder / f"core.link.0.{BOOT}.7.1700000000000000")
        hidden = folder / ".core.hidden"
        hidden.write_bytes(content[:4096])


def make_folder(corpus, path, scratch):
    folder = Folder(corpus, path, scratch)
    folder.add_plain(75)
    folder.add_packed(30)
    folder.add_systemd(50)
    folder.add_abrt(20)
    folder.add_same_names(10)
    folder.add_hostile_names()
    folder.break_ten()
    return folder
