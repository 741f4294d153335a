"""zstd, with or without a reference file (`--patch-from`)."""

import hashlib
import subprocess
import tempfile
from pathlib import Path


def pack(source, target, base=None):
    target.parent.mkdir(parents=True, exist_ok=True)
    reference = [f"--patch-from={base}"] if base else []
    subprocess.run(["zstd", "-q", "-f", "--ultra", "-22", "--long=31", "--single-thread",
                    *reference, str(source), "-o", str(target)], check=True,
                   stderr=subprocess.DEVNULL)
    target.chmod(0o644)


def unpack(source, target, base=None):
    reference = [f"--patch-from={base}"] if base else []
    subprocess.run(["zstd", "-q", "-f", "-d", "--long=31", *reference,
                    str(source), "-o", str(target)], check=True)


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def strip_debug(source, target):
    """Debug sections go, symbols, unwind tables and the build-id stay."""
    subprocess.run(["strip", "--strip-debug", "-o", str(target), str(source)], check=True)


def scratch():
    return tempfile.TemporaryDirectory(prefix="pycore-corpus-", dir=Path("/var/tmp"))
