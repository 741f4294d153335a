"""Apport's general hook for crashes of Python: what pycore-report says of the core.

Apport calls add_info() when a report is shown to its user. It sets PythonStacktrace,
PyCoreReportJson and PyCoreSignature, and changes nothing else. Whatever goes wrong, a report is
worth more without these than not at all: nothing is raised, and nothing is left behind.
"""
import json
import os
import re
import subprocess
import tempfile

PYCORE_REPORT = "/usr/bin/pycore-report"
FOLDER = "/var/tmp"  # a core may be too large for /tmp
TIME_LIMIT = 60  # seconds, for a user who waits
MAX_CORE = 4 << 30
MAX_JSON = 1 << 20
MAX_TEXT = 256 << 10
PYTHON = re.compile(r"python3?(\.\d+)?[a-z]*(-dbg)?")


class _Limited:
    """A core written to a file: with holes for zeros, and no further than MAX_CORE."""

    def __init__(self, file):
        self.file, self.size = file, 0

    def write(self, block):
        self.size += len(block)
        if self.size > MAX_CORE:
            raise ValueError("the core is too large")
        if any(block):
            self.file.write(block)
        else:
            self.file.seek(len(block), os.SEEK_CUR)
        return len(block)


def _is_python(report):
    for key in ("InterpreterPath", "ExecutablePath"):
        if PYTHON.fullmatch(os.path.basename(str(report.get(key, "")))):
            return True
    # Python inside of another program.
    return "/libpython3" in str(report.get("ProcMaps", ""))


def _copy_core(value, path):
    """`value` is bytes, something that can write() itself, or (file or its name, ...)."""
    with open(path, "xb") as file:
        out = _Limited(file)
        if isinstance(value, (bytes, bytearray)):
            for start in range(0, len(value), 1 << 20):
                out.write(value[start:start + (1 << 20)])
        elif isinstance(value, tuple):
            opened = value[0] if hasattr(value[0], "read") else open(value[0], "rb")
            try:
                while block := opened.read(1 << 20):
                    out.write(block)
            finally:
                if opened is value[0]:
                    opened.seek(0)  # apport reads it again
                else:
                    opened.close()
        else:
            value.write(out)
        file.truncate(out.size)


def _run(folder, core):
    """Both outputs of one run, or None where there is nothing to tell."""
    names = ("report.json", "report.txt")
    done = subprocess.run(
        [PYCORE_REPORT, "--collector", "--privacy=public", f"--max-report-bytes={MAX_JSON}",
         f"--time-limit={TIME_LIMIT // 2}", f"--json={names[0]}", f"--text={names[1]}", core],
        cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TMPDIR": folder}, timeout=TIME_LIMIT,
        check=False)
    if done.returncode not in (0, 4):
        return None
    texts = []
    for name, limit in zip(names, (MAX_JSON, MAX_TEXT)):
        with open(os.path.join(folder, name), "rb") as file:
            texts.append(file.read(limit + 1))
    if len(texts[0]) > MAX_JSON:
        return None
    return json.loads(texts[0]), texts[0].decode(), texts[1][:MAX_TEXT].decode(errors="ignore")


def add_info(report, ui):  # pylint: disable=unused-argument
    """See above; `ui` is for hooks that ask."""
    try:
        core = report.get("CoreDump")
        if not core or not _is_python(report):
            return
        with tempfile.TemporaryDirectory(prefix="pycore-", dir=FOLDER) as folder:
            _copy_core(core, os.path.join(folder, "core"))
            result = _run(folder, "core")
        if result is None or result[0].get("status") == "error":
            return
        data, text_of_json, text = result
        report["PythonStacktrace"] = text
        report["PyCoreReportJson"] = text_of_json
        signature = (data.get("signature") or {}).get("text")
        if signature:
            report["PyCoreSignature"] = signature
    except Exception:  # pylint: disable=broad-except
        return
