#!/usr/bin/env python3
"""A secret that stands everywhere in a fresh core must be in no output, no message and no file left
behind; in a public report, nor must anything else that the program worked on. Every CPython 3.11 to
3.14 found here.

usage: canary.py REPORT [[ROOT:]PYTHON...]     ROOT: the interpreter lives in this chroot
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "live"))
from fresh_core import Skip, conclude, dump, interpreters

SECRET = "Zq7XvCanaryK3mPw9RtBd"
PLAIN = "plainHeron5531 text"
# Part of the secret, and what it is called in capitals within a key of AWS.
SECRETS = (SECRET, SECRET.upper()[-16:], SECRET[4:14], "4711471147114711")


FILES = {"json", "core-backtrace", "ureport", "sentry", "markdown"}


def run(python, root, folder):
    return dump(python, root, folder, [HERE / "program.py"],
                f"program.py --password {SECRET} --note={SECRET} '{PLAIN}'",
                f"API_TOKEN={SECRET} NOTE='with {SECRET}' PLACE='{PLAIN}'")


def report(tool, core, root, options):
    """All that a run writes: its formats, messages, and files that it leaves in TMPDIR."""
    sysroot = ["--sysroot", str(root)] if root != Path("/") else []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        out = subprocess.run(
            [tool, *(f"--{name}={folder / name}" for name in FILES), "--text", "--locals",
             "--globals", "--environment", "--modules", *sysroot, *options, core], capture_output=True, cwd=folder,
            env={**os.environ, "TMPDIR": name})
        written = {path.name: path.read_bytes().decode() for path in folder.iterdir()}
    if not FILES <= written.keys() or out.returncode not in (0, 4):
        raise RuntimeError(f"exit status {out.returncode}: {out.stderr.decode()}")
    return {"text": out.stdout.decode(), "stderr": out.stderr.decode(), **written}


def leaks(outputs, words):
    return [f"{name}: ...{text[max(0, text.find(word) - 200):text.find(word) + 60]!r}"
            for name, text in outputs.items() for word in words if word in text]


def check(tool, python, root):
    problems = []
    with tempfile.TemporaryDirectory(dir=root / "tmp") as name:
        core = run(python, root, Path(name))
        contents = core.read_bytes()
        if SECRET.encode() not in contents or PLAIN.encode() not in contents:
            raise RuntimeError("the core holds no canary")
        local = report(tool, core, root, [])
        problems += [f"local: {leak}" for leak in leaks(local, SECRETS)]
        # What is no secret has to be there, or nothing would be proved.
        problems += [f"local: {place} has nothing of {PLAIN!r}" for place in ("text", "json")
                     if PLAIN not in local[place]]
        told = json.loads(local["json"])["privacy"]
        places = {one["where"] for one in told["redactions"]}
        expected = {"command-line", "environment", "exceptions", "variables", "source", "threads"}
        if told["level"] != "local" or not expected <= places:
            problems.append(f"local: {told}")
        public = report(tool, core, root, ["--privacy=public"])
        problems += [f"public: {leak}" for leak in leaks(
            {name: re.sub(re.escape(json.dumps(PLAIN)[1:-1]) + '"?\\]?,? "executable"', "", text)
             for name, text in public.items()}, SECRETS)]
        document = json.loads(public["json"])
        private = {key: document[key] for key in ("threads", "crash", "hints", "warnings")}
        problems += [f"public: {leak}" for leak in leaks({"json": json.dumps(private)}, (PLAIN,))]
        if any("locals" in frame for thread in document["threads"] for frame in thread["stack"]):
            problems.append("public: there are locals")
        if any(one["value"] != "<redacted>" for one in document["process"]["environment"]):
            problems.append("public: there are values of the environment")
        own = report(tool, core, root, ["--redact", "heron*"])
        problems += [f"--redact: {leak}" for leak in leaks(own, ("plainHeron", "heron5531"))
                     if "Heron5531" in leak]
    return problems


def main():
    tool, given = Path(sys.argv[1]).resolve(), sys.argv[2:]
    passed = failed = 0
    for python, root in interpreters(given):
        try:
            problems = check(tool, python, root)
        except Skip as why:
            print(f"skip: {python}: {why}")
            continue
        except RuntimeError as why:
            problems = [str(why)]
        passed, failed = passed + (not problems), failed + bool(problems)
        for problem in problems[:20]:
            print(f"FAILED {root}:{python}: {problem[:900]}")
    print(f"privacy: {passed} passed, {failed} failed")
    conclude(passed, failed)


if __name__ == "__main__":
    main()
