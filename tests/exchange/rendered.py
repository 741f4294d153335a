#!/usr/bin/env python3
"""Has GitHub's own parser (cmark-gfm) render our Markdown, of a real core and of hostile reports:
there is no link, image, mention or element in it but ours, and nothing of the process stands
outside of code.

usage: rendered.py REPORT WRITER    WRITER: the program pycore_hostile_reports
"""

import re
import shutil
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORE = HERE.parents[1] / "corpus" / "null_call" / "trixie-3.13.core.zst"
ELEMENTS = {"h2", "h3", "p", "strong", "em", "table", "thead", "tbody", "tr", "th", "td", "code",
            "pre", "details", "summary", "ul", "li"}
OURS = re.compile(r"^[A-Za-z0-9 ,.:;()\n]*$")
RENDER = ["cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough",
          "-e", "tasklist", "-e", "footnotes"]


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.code = [], [], 0

    def handle_starttag(self, tag, attributes):
        self.open.append(tag)
        self.code += tag == "code"
        allowed = attributes in ([], [("lang", "text")], [("class", "language-text")])
        if tag not in ELEMENTS or not allowed:
            self.faults.append(f"<{tag} {attributes}>")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> where it does not belong")

    def handle_data(self, text):
        if "code" not in self.open and not OURS.match(text):
            self.faults.append(f"outside of code: {text[:200]!r}")


def faults_of(markdown):
    page = Page()
    page.feed(subprocess.run(RENDER, input=markdown, capture_output=True, check=True,
                             timeout=60).stdout.decode("utf-8"))
    page.close()
    return page.faults + (["elements left open"] if page.open else []) + (
        [] if page.code > 2 else ["hardly any code"])


def main():
    if shutil.which("cmark-gfm") is None:
        print("SKIPPED: cmark-gfm is not installed")
        return 0
    report, writer = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([writer, folder], check=True, timeout=200)
        pages = {path.parent.name: path.read_bytes() for path in Path(folder).glob("*/markdown")}
    pages["a core"] = subprocess.run([report, "--markdown", CORE], capture_output=True,
                                     stdin=subprocess.DEVNULL, check=True).stdout
    faults = [f"{name}: {fault}" for name, page in sorted(pages.items()) for fault in faults_of(page)]
    print("\n".join(faults[:50]) or f"{len(pages)} pages rendered as they should be")
    return 1 if faults or len(pages) < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
