#!/usr/bin/env python3
"""Runs pycore-report --abrt on problems made by hand, as abrt-dump-journal-core leaves them, with
every kind of trap in them; and the conditions of the event file on the maps of real processes.

    abrt_test.py PYCORE_REPORT CORPUS [EVENT_FILE]
"""
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time

OURS = {"python_backtrace", "pycore_report", "pycore_signature"}
# libreport takes lines of standard output that start so for orders.
PROTOCOL = ("ALERT ", "ASK ", "ASK_YES_NO ", "ASK_YES_NO_YESFOREVER ", "ASK_YES_NO_SAVE_RESULT ",
            "ASK_PASSWORD ", "DUP_OF_DIR: ")
failures = []


def check(condition, *what):
    if not condition:
        failures.append(what)
        print("FAILED:", *what)


class Satyr:
    """The rule by which satyr's sr_python_stacktrace_parse reads a traceback, from its description:
    the title, frames of two lines, then the name of the exception up to a colon."""
    FRAME = re.compile(r'  File "([^"\n]*)", line (\d+)(?:, in ([^\n]*))?\n(?:    ([^\n]*)\n)?')

    def __init__(self, text):
        at = text.index("Traceback (most recent call last):\n")
        at = text.index("\n", at) + 1
        self.frames = []
        while found := self.FRAME.match(text, at):
            self.frames.append((found[1], int(found[2]), found[3]))
            at = found.end()
        self.exception = re.match(r"[^:\n]*", text[at:])[0]
        check(text[at + len(self.exception)] == ":", "no colon after", self.exception)


class Problem:
    """A folder of ABRT's."""
    ELEMENTS = {"type": "CCpp", "analyzer": "abrt-journal-core", "uid": "1000",
                "executable": "/usr/bin/python3.13", "uuid": "0" * 40, "core_backtrace": "{}",
                "backtrace": "none", "reason": "python3.13 killed by SIGSEGV"}

    def __init__(self, parent, name):
        self.path = pathlib.Path(parent, name)
        self.path.mkdir(mode=0o750)
        os.chmod(self.path, 0o750)
        for element, text in self.ELEMENTS.items():
            self.add(element, text)

    def add(self, element, text):
        (self.path / element).write_bytes(text if isinstance(text, bytes) else text.encode())
        os.chmod(self.path / element, 0o640)

    def read(self, element):
        return (self.path / element).read_text()

    def untouched(self):
        return all(self.read(element) == text for element, text in self.ELEMENTS.items())


class Tool:
    def __init__(self, program, settings):
        self.program, self.settings = program, settings

    def __call__(self, problem, *options, status=0):
        path = getattr(problem, "path", problem)
        before = set(os.listdir(path)) if os.path.isdir(path) else set()
        done = subprocess.run([self.program, "--abrt", str(path), *options, "--config",
                               str(self.settings)], capture_output=True, text=True, timeout=60)
        check(done.returncode == status, path, "status", done.returncode, done.stderr)
        lines = done.stdout.splitlines()
        check(len(lines) <= 1 and all(line.startswith("pycore: ") for line in lines), done.stdout)
        for line in lines + done.stderr.splitlines():
            check(not line.startswith(PROTOCOL) and line.isprintable(), "an order:", line)
        after = set(os.listdir(path)) if os.path.isdir(path) else set()
        check(after - before <= OURS | self.allowed, "made", after - before)
        check(before - after == set(), "removed", before - after)
        return done.stdout

    allowed = frozenset()


def unpack(corpus, name, path):
    subprocess.run([sys.executable, str(corpus / "build.py"), "--unpack", name, "-o", str(path)],
                   check=True, stdout=subprocess.DEVNULL)


def packed_forms(core):
    """The core as it is, and packed by the programs that are here."""
    yield "coredump", core.read_bytes()
    for program, suffix in ("zstd", "zst"), ("lz4", "lz4"), ("xz", "xz"):
        if shutil.which(program) is None:
            print("NOTE: no", program)
            continue
        done = subprocess.run([program, "-1", "-c", str(core)], stdout=subprocess.PIPE, check=True)
        yield "coredump." + suffix, done.stdout


def check_elements(problem):
    report = json.loads(problem.read("pycore_report"))
    check(report["status"] in ("ok", "partial"), problem.path, report["status"])
    check(report["privacy"]["level"] == "public", "privacy", report["privacy"]["level"])
    check(os.path.getsize(problem.path / "pycore_report") <= 1 << 20, "too large")
    signature = problem.read("pycore_signature")
    check(signature.count("\n") == 1 and report["signature"]["id"] in signature, signature)
    crashed = report["threads"][0]
    expected = [(frame["file"], frame["line"] or 0, frame["function"])
                for frame in reversed(crashed["stack"]) if frame["kind"] == "python"]
    parsed = Satyr(problem.read("python_backtrace"))
    check(parsed.frames == expected and expected, "frames", parsed.frames, expected)
    check(parsed.exception == report["crash"]["signal"]["name"], "exception", parsed.exception)
    for element in OURS:
        status = os.stat(problem.path / element)
        folder = os.stat(problem.path)
        check(stat.S_IMODE(status.st_mode) == 0o640, element, oct(status.st_mode))
        check((status.st_uid, status.st_gid) == (folder.st_uid, folder.st_gid), "owner of", element)
    check(problem.untouched(), "an element of others was changed")


def test_forms(tool, scratch, core):
    for number, (element, content) in enumerate(packed_forms(core)):
        problem = Problem(scratch, f"form-{number}")
        problem.add(element, content)
        if os.geteuid() == 0:
            os.chown(problem.path, 0, 65534)
        said = tool(problem)
        check(said.startswith("pycore: SIG"), "said", said)
        check_elements(problem)
        if number == 0:
            test_refresh(tool, problem)


def test_refresh(tool, problem):
    problem.add("python_backtrace", "of an administrator")
    check(tool(problem) == "", "said something though there was nothing to do")
    check(problem.read("python_backtrace") == "of an administrator", "replaced without --refresh")
    tool(problem, "--refresh")
    check_elements(problem)
    tool.settings.write_text("[Abrt]\nAbrtCoreBacktrace=yes\n")
    tool(problem, "--refresh")
    check(problem.untouched(), "core_backtrace of ABRT was replaced")
    os.unlink(problem.path / "core_backtrace")
    tool.allowed = frozenset({"core_backtrace"})
    tool(problem)
    check("stacktrace" in json.loads(problem.read("core_backtrace")), "no core_backtrace")
    tool.allowed = frozenset()
    tool.settings.write_text("")


def test_traps(tool, scratch, core):
    """Links in the place of elements: what they lead to stays as it is."""
    target = pathlib.Path(scratch, "target")
    for kind in "symlink", "link", "dangling":
        problem = Problem(scratch, "trap-" + kind)
        problem.add("coredump", core.read_bytes())
        target.write_text("precious")
        for element in OURS:
            if kind == "dangling":
                os.symlink(pathlib.Path(scratch, "new"), problem.path / element)
            else:
                getattr(os, kind)(target, problem.path / element)
        tool(problem)
        tool(problem, "--refresh")
        check(target.read_text() == "precious", kind, "was followed")
        check(not os.path.exists(os.path.join(scratch, "new")), "a file was made elsewhere")
        check_elements(problem)
    problem = Problem(scratch, "trap-core")
    os.symlink(core, problem.path / "coredump")
    check("not read" in tool(problem), "a link was read")
    check(not (problem.path / "pycore_report").exists(), "a report of what a link leads to")
    link = pathlib.Path(scratch, "link-to-problem")
    os.symlink(problem.path, link)
    tool(str(link) + "/", status=2)
    problem = Problem(scratch, "trap-folder")
    problem.add("coredump", core.read_bytes())
    (problem.path / "pycore_report").mkdir()
    check("cannot write pycore_report" in tool(problem, "--refresh"), "said nothing")


def test_no_cores(tool, scratch, core):
    contents = {"text": b"root:SECRET-CANARY:0\n", "empty": b"", "cut": core.read_bytes()[:70000],
                "header": core.read_bytes()[:64],
                "hostile": b"\x7fELF" + b"\nALERT x\x1b]0;x\x07" * 100}
    for name, content in contents.items():
        problem = Problem(scratch, "no-core-" + name)
        problem.add("coredump", content)
        said = tool(problem)
        check("SECRET" not in said and said.strip(), name, said)
        for element in OURS & set(os.listdir(problem.path)):
            check("SECRET" not in problem.read(element), "content in", element)
        check(problem.untouched(), "changed")
    problem = Problem(scratch, "fifo")
    os.mkfifo(problem.path / "coredump")
    start = time.monotonic()
    tool(problem)
    check(time.monotonic() - start < 1, "waited for a pipe")
    check("no coredump" in tool(Problem(scratch, "nothing")), "said nothing of no core")
    for wrong in [scratch / "absent", core]:
        tool(wrong, status=2)
    done = subprocess.run([tool.program, "--abrt"], capture_output=True)
    check(done.returncode == 2, "no folder", done.returncode)


def test_read_only(tool, scratch, core):
    if os.geteuid() == 0:
        return  # nothing is read-only to root
    problem = Problem(scratch, "read-only")
    problem.add("coredump", core.read_bytes())
    os.chmod(problem.path, 0o550)
    check("cannot write" in tool(problem), "said nothing")
    os.chmod(problem.path, 0o750)


class Rules:
    """Rules of report_event.conf: EVENT=NAME, then VAR=VALUE, VAR!=VALUE or VAR~=BASIC-REGEX, which
    has to match a line of the element."""

    def __init__(self, path):
        self.rules = []
        for line in path.read_text().splitlines():
            if line.startswith("EVENT="):
                self.rules.append((line.split(), []))
            elif line[:1] in (" ", "\t") and self.rules:
                self.rules[-1][1].append(line.strip())

    @staticmethod
    def holds(condition, elements):
        name, operator, value = re.match(r"(\w+)(!=|~=|=)(.*)", condition).groups()
        text = elements.get(name, "")
        if operator == "~=":
            return subprocess.run(["grep", "-q", "-e", value], input=text.encode()).returncode == 0
        return (text == value) == (operator == "=")

    def programs(self, elements):
        return [body for conditions, body in self.rules
                if all(self.holds(condition, elements) for condition in conditions)]


def test_event_file(path):
    python = subprocess.run([sys.executable, "-c", "print(open('/proc/self/maps').read())"],
                            stdout=subprocess.PIPE, text=True, check=True).stdout
    shell = subprocess.run(["cat", "/proc/self/maps"], stdout=subprocess.PIPE, text=True).stdout
    library = "7f0-7f1 r-xp 0 08:01 1 /usr/lib64/libpython3.13.so.1.0\n"
    rules = Rules(path)
    for maps, event, more, count in [
            (python, "post-create", {}, 1), (library, "post-create", {}, 1),
            (python, "analyze_CCpp", {}, 1), (shell, "post-create", {}, 0),
            (shell, "analyze_CCpp", {}, 0), (python, "post-create", {"remote": "1"}, 0),
            (python, "post-create", {"type": "Python3"}, 0), (python, "notify", {}, 0)]:
        run = rules.programs({"type": "CCpp", "EVENT": event, "maps": maps, **more})
        check(len(run) == count, event, more, "runs", run, maps[:80])
        check(all(body[-1].endswith("|| :") for body in run), "can fail the event:", run)


def main(program, corpus, event_file=None):
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        os.chmod(scratch, 0o711)
        core = scratch / "core"
        unpack(pathlib.Path(corpus), "null_call/trixie-3.13", core)
        settings = scratch / "settings"
        settings.write_text("")
        tool = Tool(program, settings)
        test_forms(tool, scratch, core)
        test_traps(tool, scratch, core)
        test_no_cores(tool, scratch, core)
        test_read_only(tool, scratch, core)
    if event_file and os.path.exists(event_file):
        test_event_file(pathlib.Path(event_file))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
