"""Writes modules in every way that Python's sources are written, calls through all of them, says
what Python itself shows of each line, and dies.

usage: program.py TRUTH keep|clear      whether linecache holds the lines when it dies
"""

import importlib
import json
import linecache
import os
import sys
import traceback
from pathlib import Path

FOLDER = Path.cwd() / "made"
# The first versions of 3.11 draw as if all characters were of one width.
WIDTHS = hasattr(traceback, "_display_width")

MODULES = {
    "plain": b"def run(then):\n    x = 1 + len([then()])\n    return x\n",
    "tabs": b"def run(then):\n\tif then:\n\t\tx = then();\t y = 2\n",
    "dos": b"def run(then):\r\n    return [then()]\r\n",
    "mac": b"def run(then):\r    return [then()]\r",
    "formfeed": b"x = 1\n\x0c\ndef run(then):\n    '\x0b'; return [then()]\n",
    "mark": b"\xef\xbb\xbfdef run(then):\n    return ('\xc3\xa4', then())\n",
    "first": b"\xef\xbb\xbfrun = lambda then: ('\xc3\xa4', then())\n",
    "latin": b"# -*- coding: latin-1 -*-\ndef run(then):\n    return ('\xe4\xf6\xfc', then(), 1)\n",
    "second": b"#!/usr/bin/python3\n# vim: set fileencoding=ISO_8859-1 :\n"
              b"def run(then):\n    return ('\xe4\xf6\xfc', then(), 1)\n",
    "wide": "def run(then):\n    s = '\u5de5\u4f5c\U0001f600', then(), 'e\u0301'\n".encode(),
    "nofinal": b"def run(then):\n    return [then()]",
    "decorated": b"def same(*_):\n    return lambda f: f\n\n@same(\n    1, lambda: [\n    ]\n)\n"
                 b"@same()\ndef run(then):\n    return [then()]\n",
    "methods": b"class Of:\n    def __enter(self, then): return [then()]\n"
               b"    async def later(self, then):\n        return self.__enter(then)\n"
               b"def run(then):\n    try: Of().later(then).send(None)\n    except StopIteration: 1\n",
    "several": b"def run(then):\n    return [then(\n    ), 1]\n",
    "comprehension": b"def run(then):\n    return [x for _ in 'a' for x in (then() for _ in 'b')]\n",
    "operators": b"def run(then):\n    return 1 + then()['a'] * 2\n",
    "classes": b"def run(then):\n    class Body:\n        x = [then()]\n    return Body\n",
    "gr\u00fcn": "def gr\u00fcn(then):\n    return [then()]\nrun = lambda x: [gr\u00fcn(x)]\n".encode(),
    "continued": b"def run(then):\n    x = \\\n        [then()]; return x\n",
}


def shown(tb):
    """What Python prints of each entry: its place, its line and what it draws below."""
    entries = []
    for frame, text in zip(traceback.extract_tb(tb), traceback.format_tb(tb), strict=True):
        entries.append({"file": frame.filename, "line": frame.lineno, "name": frame.name,
                        "source": linecache.getline(frame.filename, frame.lineno),
                        "shown": text.split("\n")[1:-1] if text.isascii() or WIDTHS else []})
    return entries


def die(truth, keep):
    try:
        raise ValueError
    except ValueError as error:
        tb = error.__traceback__
        frame = tb.tb_frame
        # Down from here: what an exception that went through all of them would have.
        while frame := frame.f_back:
            tb = type(tb)(tb, frame, frame.f_lasti, frame.f_lineno)
        entries = shown(tb)
    del tb
    # From 3.13 on, several lines, and calls in two parts.
    told = {"draws_more": sys.version_info >= (3, 13), "entries": entries}
    Path(truth).write_text(json.dumps(told), "ascii")
    if not keep:
        linecache.clearcache()
    os.abort()


def call(names, last):
    if not names:
        return last()
    importlib.import_module(names[0]).run(lambda: call(names[1:], last))


def main(truth, keep):
    FOLDER.mkdir()
    for name, content in MODULES.items():
        (FOLDER / f"{name}.py").write_bytes(content)
    sys.path.insert(0, str(FOLDER))
    call(list(MODULES), lambda: die(truth, keep))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] == "keep")
