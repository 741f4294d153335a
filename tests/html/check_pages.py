#!/usr/bin/env python3
"""Reads pages without a browser: they are well-formed, hold no script, and ask for nothing."""

import html.parser
import pathlib
import re
import sys

VOID = {"meta", "path", "rect"}
ALLOWED = VOID | {
    "html", "head", "title", "style", "body", "a", "header", "footer", "nav", "main", "section",
    "div", "p", "h1", "h2", "h3", "ul", "ol", "li", "dl", "dt", "dd", "b", "i", "span", "code",
    "pre", "mark", "details", "summary", "svg", "text", "table", "caption", "thead", "tbody",
    "tr", "th", "td"}
ATTRIBUTES = {
    "lang", "http-equiv", "content", "charset", "name", "class", "href", "id", "aria-labelledby",
    "aria-label", "role", "viewbox", "width", "height", "x", "y", "rx", "d", "text-anchor",
    "tabindex", "open", "scope"}
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
MOST_BYTES = 5_000_000
HIDDEN = re.compile(
    "[\0-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd]")


class Page(html.parser.HTMLParser):
    """What is wrong with one page, in `problems`."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.problems = []
        self.ids = []
        self.links = []
        self.seen = []
        self.headings = []
        self.policy = None

    def wrong(self, what):
        self.problems.append(f"line {self.getpos()[0]}: {what}")

    def handle_starttag(self, tag, attributes):
        if tag not in ALLOWED:
            self.wrong(f"element {tag}")
        if tag in ("h1", "h2", "h3"):
            self.headings.append(int(tag[1]))
        if len(self.seen) < 4:
            self.seen.append(tag)
        for name, value in attributes:
            self.look_at(tag, name, value or "")
        if tag == "meta" and self.policy is None:
            self.policy = dict(attributes).get("content")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def look_at(self, tag, name, value):
        if name not in ATTRIBUTES:
            self.wrong(f"attribute {name} of {tag}")
        if name == "href":
            self.links.append(value)
        if name == "id":
            self.ids.append(value)
        # No attribute holds a text of the core: these are all the characters that ours need.
        if tag != "meta" and re.search(r"[^A-Za-z0-9 #.,-]", value):
            self.wrong(f"{name}={value!r} of {tag}")

    def handle_endtag(self, tag):
        if tag in VOID:
            self.wrong(f"end of {tag}")
        elif not self.open or self.open.pop() != tag:
            self.wrong(f"{tag} ends, but is not the innermost")

    def handle_comment(self, data):
        self.wrong(f"comment {data[:40]!r}")

    def handle_data(self, data):
        style = self.open and self.open[-1] == "style"
        if not style and HIDDEN.search(data):
            self.wrong(f"hidden character in {data[:60]!r}")
        if style and re.search(r"url\(|@import|expression|image-set", data):
            self.wrong("the style sheet asks for something")


def check(path):
    raw = path.read_bytes()
    page = Page()
    page.feed(raw.decode("utf-8"))
    page.close()
    problems = page.problems
    if page.open:
        problems.append(f"not closed: {page.open}")
    if page.seen != ["html", "head", "meta", "meta"] or page.policy != POLICY:
        problems.append("the policy is not what the page begins with")
    if len(raw) > MOST_BYTES:
        problems.append(f"{len(raw)} bytes")
    if len(set(page.ids)) != len(page.ids):
        problems.append("an id comes twice")
    for link in page.links:
        if not link.startswith("#") or link[1:] not in page.ids:
            problems.append(f"link to {link!r}")
    if page.headings.count(1) != 1:
        problems.append("there is not one h1")
    # The first h2 is that of the contents, the h1 before it.
    for before, after in zip(page.headings, page.headings[1:]):
        if after > before + 1:
            problems.append(f"h{after} follows h{before}")
    return problems


def can_fail():
    """What each rule is for is found in a page that breaks it."""
    bad = {"script": "<script>x</script>", "on": '<p onclick="x">x</p>', "image": "<img>",
           "nesting": "<p><b></p></b>", "style": "<style>a{background:url(x)}</style>",
           "address": '<a href="javascript:x">x</a>', "attribute": '<p class="&lt;x">x</p>',
           "hidden": "<p>\u202e</p>"}
    for name, text in bad.items():
        page = Page()
        page.feed(text)
        page.close()
        if not page.problems:
            yield f"{name} was not found"


def main():
    pages = sorted(pathlib.Path(sys.argv[1]).glob("*.html"))
    problems = {"this test": list(can_fail())} | {page.name: check(page) for page in pages}
    for name, found in problems.items():
        for problem in found[:10]:
            print(f"{name}: {problem}")
    print(f"{len(pages)} pages")
    return 1 if any(problems.values()) or len(pages) < 60 else 0


if __name__ == "__main__":
    sys.exit(main())
