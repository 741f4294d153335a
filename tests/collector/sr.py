"""What the tests of the security requirements (SR-01 and so on, docs/security.md) share."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
REPORT, PROBE, CACHE = (pathlib.Path(word) for word in sys.argv[2:5])
CANARY = b"roll back failed"  # a message of an exception in the core that core() gives


def skip(why):
    print("SKIPPED:", why)
    sys.exit(77)


def check(condition, *what):
    if not condition:
        sys.exit("FAILED: " + " ".join(str(word) for word in what))


def core(name="exception/bookworm-3.11"):
    """A core of the corpus, unpacked once for all tests."""
    CACHE.mkdir(parents=True, exist_ok=True)
    path = CACHE / (name.replace("/", "-") + ".core")
    if not path.exists():
        part = path.with_suffix(f".{os.getpid()}")
        subprocess.run([sys.executable, ROOT / "corpus/build.py", "--unpack", name, "-o", part],
                       check=True, stdout=subprocess.DEVNULL)
        part.rename(path)
    return path


def told(error):
    """Without what is said of this machine: that it has no user of ours, or no Landlock."""
    lines = error.decode().splitlines(keepends=True)
    return "".join(line for line in lines if "the sandbox " not in line)


def run(*options, **more):
    """Status, standard output, standard error, seconds."""
    start = time.monotonic()
    done = subprocess.run([REPORT, "--collector", *options], capture_output=True, timeout=60, **more)
    return done.returncode, done.stdout, told(done.stderr), time.monotonic() - start


def probe(thing, *roots):
    """How the sandbox ended, the status, and what was answered from inside of it."""
    with tempfile.TemporaryDirectory() as folder:
        text = subprocess.run([PROBE, folder, thing, *roots], capture_output=True, text=True,
                              check=True, timeout=60).stdout
    ending, status, answer = text.rstrip("\n").split(" ", 2)
    return ending, int(status), answer


def traced(*options, **more):
    """Lines of strace of all processes, and what run() gives."""
    if shutil.which("strace") is None:
        skip("no strace here")
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder) / "log"
        done = subprocess.run(["strace", "-f", "-s", "4096", "-o", log, REPORT, "--collector",
                               *options], capture_output=True, timeout=60, **more)
        if not log.exists() or "ptrace" in done.stderr.decode() and done.returncode != 0:
            skip("no process may be traced here")
        return log.read_text(errors="replace").splitlines(), done


def validate(report):
    """The report, which has to be one by the schema."""
    try:
        import jsonschema
    except ImportError:
        skip("no jsonschema here")
    report = json.loads(report)
    jsonschema.validate(report, json.loads((ROOT / "schemas/report-1.schema.json").read_text()))
    return report


def codes(report):
    return {warning["code"] for warning in report["warnings"]}


def forged(folder, replaced):
    """A core with each text replaced by one that is filled up with slashes to its length."""
    content = core().read_bytes()
    for old, new in replaced.items():
        check(old.encode() in content and len(new) <= len(old), "cannot forge", old)
        filled = new.replace("/", "/" * (len(old) - len(new) + 1), 1)
        content = content.replace(old.encode(), filled.encode())
    path = pathlib.Path(folder) / "forged.core"
    path.write_bytes(content)
    return path


def children_of(pid):
    try:
        return [int(word) for word in
                pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def start_waiting(*options):
    """A collector whose sandbox waits for the rest of a core on its pipe, and the sandbox's pid."""
    tool = subprocess.Popen([REPORT, "--collector", *options, "-"], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    tool.stdin.write(core().read_bytes()[:100_000])
    tool.stdin.flush()
    end = time.monotonic() + 10
    while time.monotonic() < end:
        for child in children_of(tool.pid):
            status = pathlib.Path(f"/proc/{child}/status").read_text()
            if "Seccomp:\t2" in status and "NoNewPrivs:\t1" in status:
                return tool, child, status
        time.sleep(0.005)
    tool.kill()
    sys.exit("FAILED: no process in the sandbox")


def main(tests):
    tests[sys.argv[1]]()
