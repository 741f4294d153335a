"""The rules of our Markdown pages: nothing from a core stands outside of code."""

import re

from rules import Broken

MOST_CHARACTERS = 65_536  # GitHub's limit of a comment
# What we write around code ourselves.
OURS = re.compile(r"^[A-Za-z0-9 ,.:;|*()#_\-\n]*$")
FOLDED = re.compile(r"^(<details><summary>[A-Za-z0-9 ,]*</summary>|</details>)$")
# A delimiter, its text, and the next run of exactly as many backticks.
SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")


def outside_of_blocks(page):
    """The lines that are in no fenced block."""
    fence = None
    for number, line in enumerate(page.split("\n"), 1):
        opened = re.match(r"^(`{3,})text$", line)
        if fence is None and opened:
            fence = opened[1]
        elif fence is not None:
            if line.startswith("`") and re.match(r"^`+ *$", line) and len(line) >= len(fence):
                fence = None
        else:
            yield number, line
    if fence is not None:
        raise Broken("markdown: a block that does not end")


def check_markdown(page):
    if len(page) > MOST_CHARACTERS:
        raise Broken(f"markdown: {len(page)} characters")
    if not page.startswith("## `"):
        raise Broken("markdown: no headline")
    for number, line in outside_of_blocks(page):
        rest = SPAN.sub("", line)
        if line.startswith("|") and any("|" in span[2] for span in SPAN.finditer(line)):
            raise Broken(f"markdown: a pipe in the table, line {number}")
        if not FOLDED.match(line) and not OURS.match(rest):
            raise Broken(f"markdown: line {number} has {rest[:200]!r} outside of code")
