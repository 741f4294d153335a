#!/usr/bin/env python3
"""Looks at every byte that pycore-report writes about processes that attack the reader (the corpus
scenario `hostile`), in every format that it knows, and in its errors.

    check.py --report PYCORE_REPORT CORPUS
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from corpus_files import Unpacked, bases_of  # noqa: E402

# Written down here and not taken from the program: control characters but the newline, what sets the
# direction of text or its order, line ends of Unicode, and characters that nobody sees.
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
                       "\ufff9-\ufffb\U000e0000-\U000e007f]")
COLOR = re.compile("\x1b\\[[0-9;]*m")
ATTACK = "\x1b]0;x\x07\n\x9b31m\u202e"
PARTS = ("</script>", "onerror=alert(1)", "javascript:alert(4)", "@everyone", "kernel: all is well")


def formats_of(program):
    """The formats, as the program's own help lists them."""
    text = subprocess.run([program, "--help"], capture_output=True, check=True).stdout.decode()
    return re.findall(r"^  --([a-z-]+)\[=FILE\]", text, re.M)


def problems_of(data, color=False):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return [f"not UTF-8: {error}"]
    if color:
        text = COLOR.sub("", text)
    found = FORBIDDEN.search(text)
    if found:
        around = text[max(0, found.start() - 30):found.end() + 10]
        return [f"{found.group()!r} in {around!r}"]
    return []


class Checker:
    def __init__(self, program):
        self.program, self.errors, self.count = program, [], 0

    def run(self, what, arguments, color=False, statuses=(0, 4)):
        done = subprocess.run([self.program, *arguments], capture_output=True, timeout=120)
        self.count += 1
        if done.returncode not in statuses:
            self.errors.append(f"{what}: status {done.returncode}: {done.stderr[:200]!r}")
        for name, data in (("output", done.stdout), ("error", done.stderr)):
            self.errors += [f"{what}, {name}: {problem}" for problem in problems_of(data, color)]
        return done

    def check_formats(self, core, root, formats):
        for name in formats:
            for options in ([], ["--locals", "--all-frames", "--modules"], ["--privacy=public"]):
                done = self.run(f"{core.name} --{name} {options}",
                                [f"--{name}", "--sysroot", root, *options, core])
                if not options and name in ("text", "html", "json"):
                    text = done.stdout.decode(errors="replace")
                    text = json.dumps(json.loads(text), ensure_ascii=False) if name == "json" else text
                    text = re.sub(r"\s+", " ", text)
                    if name == "html":
                        text = text.replace("&lt;", "<").replace("&gt;", ">")
                    self.errors += [f"{core.name} --{name}: does not show {part!r}"
                                    for part in PARTS if part not in text]
        self.run(f"{core.name} in color", ["--color=always", "--sysroot", root, core], color=True)
        self.run(f"{core.name} --threads", ["--threads", "--sysroot", root, core])

    def check_errors(self, core, folder):
        """What the program says of files and options with such names."""
        bad = folder / ("bad" + ATTACK + ".core")
        bad.write_bytes(b"\x7fELF" + b"\x1b" * 100)
        good = folder / ("good" + ATTACK + ".core")
        good.hardlink_to(core)
        self.run("a core that is not one", [bad], statuses=(3,))
        self.run("no such core", [folder / ATTACK], statuses=(3,))
        self.run("a core with such a name", [good])
        self.run("an output that exists", ["-o", good, good], statuses=(2,))
        self.run("an output in no folder", ["-o", folder / ATTACK / ATTACK, good], statuses=(3,))
        self.run("an unknown option", ["--" + ATTACK, good], statuses=(2,))
        self.run("an unknown value", ["--color=" + ATTACK, good], statuses=(2,))
        self.run("a limit", ["--max-frames=1", good], statuses=(4,))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--report", required=True)
    parser.add_argument("corpus", type=pathlib.Path)
    options = parser.parse_args()
    manifest = json.loads((options.corpus / "manifest.json").read_text())
    bases = bases_of(manifest)
    checker = Checker(options.report)
    formats = formats_of(options.report)
    with tempfile.TemporaryDirectory(prefix="pycore-hostile-") as name:
        folder = pathlib.Path(name)
        unpacked = Unpacked(options.corpus, folder)
        cores = [core for core in manifest["cores"] if core["scenario"] == "hostile"]
        for core in cores:
            modules = manifest["builds"][core["build"]]["modules"]
            checker.check_formats(unpacked.file(core["core"], bases),
                                  unpacked.root(core["build"], modules, bases), formats)
        checker.check_errors(unpacked.file(cores[0]["core"], bases), folder)
    for error in checker.errors[:50]:
        print(error.encode("unicode_escape").decode())
    print(f"{len(cores)} cores, formats {' '.join(formats)}, {checker.count} runs, "
          f"{len(checker.errors)} errors")
    sys.exit(1 if checker.errors or len(cores) < 4 or len(formats) < 3 else 0)


if __name__ == "__main__":
    main()
