#!/usr/bin/env python3
"""Compares the variables of all frames in fresh cores with what the process wrote of itself through
sys._current_frames() and repr(), for the programs of the corpus and `names.py`, and every CPython
3.11 to 3.14 found here.

usage: compare.py REPORT CORPUS [[ROOT:]PYTHON...]     ROOT: the interpreter lives in this chroot
"""

import ast
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "live"))
from fresh_core import Skip, conclude, dump, interpreters


def run(program, sends, python, root, folder):
    """(what the process told, its core) of one run."""
    # The corpus calls its programs alike.
    shutil.copy(program, folder / "program.py")
    inside = Path("/") / folder.relative_to(root)
    core = dump(python, root, folder, [HERE / "inside" / "truth.py"], "program.py",
                f"TRUTH=truth PYTHONPATH={inside} PYTHONHASHSEED=0", sends)
    told = (folder / "truth").read_text("ascii").partition("== ready")[0]
    if not told:
        raise RuntimeError("the program told no truth")
    return ast.literal_eval(told), core


def visible(text):
    """As our report writes what is no UTF-8."""
    return "".join(f"\\u{ord(one):04x}" if 0xD800 <= ord(one) < 0xE000 else one for one in text)


# Types written in C whose own repr() is not known; README.md names the everyday ones.
UNKNOWN = ("<_io.", "InterpreterID object", "<ctypes.", "<_asyncio.", "<asyncio.tasks.Task",
           "<asyncgen_hooks object",
           "<frame object")
MODULE = re.compile(r"(?<=<)[\w.]+\.(?=\w+ object at 0x)")
NAMELESS = re.compile(r"<object of type 0x[0-9a-f]+ at (0x[0-9a-f]+)>")


class Comparison:
    def __init__(self):
        self.equal = self.plain = self.cut = self.unknown = 0
        self.problems = []

    def is_unknown(self, own, text):
        """A type we do not know, or without ELF files not even by name."""
        nameless = NAMELESS.fullmatch(own["value"])
        if nameless:
            return text.endswith(f" at {nameless[1]}>") or text.startswith("asyncgen_hooks(")
        # Then a static type may be known by another module that has it, too.
        if MODULE.sub("", own["value"]) == MODULE.sub("", text):
            return True
        return any(name in own["value"] for name in UNKNOWN)

    def value(self, where, own, told):
        text, base = (told[0], told[1])
        if own.get("truncated"):
            self.cut += 1
        elif own["value"] == visible(text):
            self.equal += 1
        elif base and own["value"] == visible(base):
            self.plain += 1  # repr() of its class is written in Python
        elif self.is_unknown(own, text):
            self.unknown += 1
        else:
            self.problems.append(f"{where}: {own['value']!r}, not {text!r}")

    def attributes(self, where, own, told):
        """Ours may be more: members of C structs are no entries of `__dict__`."""
        ours = {one["name"]: one for one in own.get("attributes", [])}
        if not ours or told is None or own.get("truncated"):
            return
        if missing := {visible(name) for name in told} - ours.keys():
            self.problems.append(f"{where}: no attribute {missing}")
            return
        for name, value in told.items():
            self.value(f"{where}.{name}", ours[visible(name)], value)

    def frame(self, where, own, told):
        _, _, values, arguments, cells, free, order = told
        ours = {one["name"]: one for one in own.get("locals", [])}
        bound = {name for name, one in ours.items() if one.get("bound", True)}
        names = {visible(name): name for name in values}
        if own.get("locals_complete") is False:
            self.problems.append(f"{where}: not complete")
        # The body of a class has its names in a dict that is read on request.
        if own["code_flags"] & 1 and bound != names.keys():
            self.problems.append(f"{where}: {sorted(bound)}, not {sorted(names)}")
        for name in bound & names.keys():
            one = ours[name]
            told_name = names[name]
            kind = "argument" if told_name in arguments else \
                "free" if told_name in free else "cell" if told_name in cells else "local"
            if (one["kind"], one.get("argument")) != (kind, arguments.get(told_name)):
                self.problems.append(f"{where}, {name}: {one}, not {kind}")
            *value, kind, attributes = values[told_name]
            self.value(f"{where}, {name}", one, value)
            bare = visible(kind).rpartition(".")[2]
            if one["type"] is not None and one["type"].rpartition(".")[2] != bare:
                self.problems.append(f"{where}, {name}: type {one['type']}, not {kind}")
            self.attributes(f"{where}, {name}", one, attributes)
        listed = [name for name in ours if name in bound]
        if own["code_flags"] & 1 and \
                listed != sorted(listed, key=[visible(name) for name in order].index):
            self.problems.append(f"{where}: {listed} is not the order of {order}")

    def thread(self, ident, stack, told):
        own = [frame for frame in stack if frame["kind"] == "python"]
        # A sub-interpreter's frames, which the process did not tell, are further in.
        own = own[max(0, len(own) - len(told)):] if len(told) < 3000 else own[:len(told)]
        if [frame["function"] for frame in own] != [visible(one[1]) for one in told]:
            self.problems.append(f"thread {ident}: other frames")
            return
        for frame, one in zip(own, told):
            self.frame(f"{ident} {frame['function']}:{frame['line']}", frame, one)


def compare(report_tool, core, told, root):
    result = Comparison()
    sysroot = ["--sysroot", str(root)] if root != Path("/") else []
    for options in (sysroot, ["--no-recorded-paths"]):
        out = subprocess.run([report_tool, "--json", "--locals", *options, core],
                             capture_output=True)
        report = json.loads(out.stdout)
        threads = {thread.get("python_thread_id"): thread for thread in report["threads"]}
        for ident, frames in told.items():
            if hex(ident) not in threads:
                result.problems.append(f"thread {ident:#x} is missing")
                continue
            before = len(result.problems)
            result.thread(hex(ident), threads[hex(ident)]["stack"], frames)
            result.problems[before:] = [f"{problem} {options[:1]}"
                                        for problem in result.problems[before:]]
    return result


def programs(corpus):
    sys.path.insert(0, str(corpus / "recipe"))
    import scenario as recipes
    yield "names", HERE / "names.py", ""
    for one in recipes.load_all(corpus).values():
        # `value_zoo` is more than one file, and the corpus test compares its variables.
        if one.kind in ("crash", "hang") and one.name != "value_zoo" and \
                not (one.compile or one.helper or one.packages):
            yield one.name, one.program, one.signal_after_ready


def check(report_tool, python, root, program, sends):
    with tempfile.TemporaryDirectory(dir=root / "tmp") as name:
        told, core = run(program, sends, python, root, Path(name))
        return compare(report_tool, core, told, root)


def main():
    report_tool, corpus, given = sys.argv[1], Path(sys.argv[2]).resolve(), sys.argv[3:]
    compared = failed = 0
    for python, root in interpreters(given):
        equal = plain = cut = unknown = 0
        for name, program, sends in programs(corpus):
            try:
                result = check(report_tool, python, root, program, sends)
            except Skip as why:
                print(f"skip: {python} {name}: {why}")
                continue
            except RuntimeError as why:
                print(f"FAILED {root}:{python} {name}: {why}")
                failed += 1
                continue
            equal, plain = equal + result.equal, plain + result.plain
            cut, unknown = cut + result.cut, unknown + result.unknown
            failed += len(result.problems)
            for problem in result.problems[:8]:
                print(f"FAILED {root}:{python} {name}: {problem[:600]}")
        compared += equal + plain
        print(f"{python}: {equal} values equal, {plain} of classes with a __repr__ in Python, "
              f"{unknown} of types that are not known, {cut} cut by a limit")
    conclude(compared, failed)


if __name__ == "__main__":
    main()
