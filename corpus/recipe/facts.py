"""Writes expected.json."""

import json

from expected import Disagreement


def write(path, facts):
    """A frame a line: short to read and to diff."""
    rows = lambda key, items: f'   "{key}": [' + ",".join(
        "\n    " + json.dumps(item, ensure_ascii=False) for item in items) + "]"
    threads = []
    for thread in facts["threads"]:
        head = {key: value for key, value in thread.items() if key not in ("frames", "positions")}
        parts = ["   " + json.dumps(head, ensure_ascii=False)[1:-1]]
        parts += [rows(key, thread[key]) for key in ("frames", "positions") if key in thread]
        threads.append("  {\n" + ",\n".join(parts) + "}")
    head = [f' "{key}": {json.dumps(value, ensure_ascii=False)}'
            for key, value in facts.items() if key not in ("threads", "variables")]
    told = [] if "variables" not in facts else [
        ' "variables": {\n' + ",\n".join(variables(*one) for one in facts["variables"].items()) + "}"]
    path.write_text("{\n" + ",\n".join(
        [*head, ' "threads": [\n' + ",\n".join(threads) + "]", *told]) + "}\n", "utf-8")
    json.loads(path.read_text("utf-8"))


def variables(ident, frames):
    """A variable a line."""
    text = lambda item: json.dumps(item, ensure_ascii=False)
    rows = ("{" + ",\n     ".join(f"{text(name)}: {text(value)}" for name, value in frame.items())
            + "}" for frame in frames)
    return f'  "{ident}": [\n    ' + ",\n    ".join(rows) + "]"


def declare(path, crash):
    """What the author says the process died of; absent where nothing is declared."""
    before = json.loads(path.read_text("utf-8"))
    rest = {key: before.pop(key) for key in ("threads", "variables") if key in before}
    before.pop("crash", None)
    if crash and before["signal"] != (ends_by := crash.get("ends_by", crash["signal"])):
        raise Disagreement(f"{path.stem}: ended by {before['signal']}, declared was {ends_by}")
    after = {**before, **({"crash": crash} if crash else {}), **rest}
    write(path, after)
