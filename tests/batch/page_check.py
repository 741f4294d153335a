"""What has to hold of index.html, whatever is in it."""
import html.parser
import pathlib
import urllib.parse

VOID = {"meta", "br", "hr", "img", "input", "link"}
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


class Page(html.parser.HTMLParser):
    def __init__(self, folder):
        super().__init__()
        self.folder = pathlib.Path(folder)
        self.open, self.ids, self.anchors, self.links, self.errors = [], set(), set(), set(), []
        self.text = ""
        self.first_meta = None

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("script", "iframe", "object", "img", "svg", "form", "base", "link"):
            self.errors.append(f"element {tag}")
        if tag == "meta" and self.first_meta is None:
            self.first_meta = dict(attributes)
        for name, value in attributes:
            self.check_attribute(tag, name, value or "")

    def check_attribute(self, tag, name, value):
        if name.startswith("on") or name in ("src", "style", "action"):
            self.errors.append(f"attribute {name} of {tag}")
        if name == "id":
            if value in self.ids:
                self.errors.append(f"id {value} twice")
            self.ids.add(value)
        if name == "href" and value.startswith("#"):
            self.anchors.add(value[1:])
        elif name == "href":
            self.check_link(value)

    def check_link(self, value):
        if not value.startswith("./") or ":" in value or not value.isascii():
            self.errors.append(f"link {value!r}")
        file = urllib.parse.unquote(value[2:])
        self.links.add(file)
        if not (self.folder / file).is_file():
            self.errors.append(f"link to nothing: {value!r}")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.errors.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        self.text += data


def check_page(folder):
    """Returns the page, whose `errors` are all that is wrong with it."""
    content = (pathlib.Path(folder) / "index.html").read_text("utf-8")
    page = Page(folder)
    page.feed(content)
    page.close()
    if page.open:
        page.errors.append(f"not closed: {page.open}")
    if page.first_meta != {"http-equiv": "Content-Security-Policy", "content": POLICY}:
        page.errors.append(f"the first meta is {page.first_meta}")
    page.errors += [f"#{anchor} is nowhere" for anchor in page.anchors - page.ids]
    page.errors += [f"control character {c!r}" for c in content if ord(c) < 32 and c != "\n"][:3]
    return page
