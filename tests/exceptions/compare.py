#!/usr/bin/env python3
"""Compares the exceptions in our reports with what Python itself said about them, in a fresh core
of each scenario of scenarios.py and every CPython 3.11 to 3.14 found here: the JSON member by
member, the text line by line, with the ELF files at hand and without.

usage: compare.py REPORT [--only SCENARIO] [[ROOT:]PYTHON...]    ROOT: the chroot of an interpreter
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "live"))
from fresh_core import Skip, conclude, dump, interpreters

DEEPEST = 64            # links of a chain that we follow
LONGEST_TEXT = 1 << 16  # characters of one message that we keep
# Computed by the traceback module from what lives in the process, and left out by us.
SUGGESTION = re.compile(r"\.? (Did you mean|Or did you forget to import|Did you forget to import).*$")
NOT_RUN = "[its own __str__ was not run]"
INCOMPLETE = "[not all of this exception could be read]"


def scenarios():
    return re.findall(r"^def scenario_(\w+)", (HERE / "scenarios.py").read_text("utf-8"), re.M)


def run(python, root, folder, scenario):
    """(what Python said, the core) of one run."""
    files = [HERE / "run.py", HERE / "scenarios.py"]
    core = dump(python, root, folder, files, f"run.py {scenario} truth")
    return json.loads((folder / "truth").read_text("ascii")), core


def valid(text):
    """Text as reports have it: lone surrogates are visible."""
    return re.sub("[\ud800-\udfff]", lambda match: f"\\u{ord(match[0]):04x}", text)


HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
                    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
                    "\ufffe\uffff\U000e0000-\U000e0fff]")


def printable(line):
    def escape(match):
        code = ord(match[0])
        short = {10: "\\n", 13: "\\r", 9: "\\t"}.get(code)
        return short or (f"\\x{code:02x}" if code < 128 else f"\\u{code:04x}" if code < 65536
                         else f"\\U{code:08x}")
    return HIDDEN.sub(escape, valid(line))


class Comparison:
    def __init__(self, truth):
        self.objects = truth["objects"]
        self.problems = []
        self.described = set()
        self.cut = False
        self.compared = 0

    def check(self, what, own, told):
        self.compared += 1
        if own != told:
            self.problems.append(f"{what}: {own!r:.600}, not {told!r:.600}")

    def message(self, where, own, told):
        message = told["message"]
        if "message_certain" in own:
            self.check(f"{where}: may be uncertain", True, told["may_be_uncertain"])
        elif message is None:
            self.check(f"{where}: a message", own["message"], "none: it is an error")
        elif len(message) > LONGEST_TEXT:
            self.cut = True
            self.check(f"{where}: message", own["message"], valid(message[:LONGEST_TEXT]) + "...")
        else:
            self.check(f"{where}: message", own["message"], valid(message))

    def traceback(self, where, own, told):
        keys = ("file", "line", "end_line", "column", "end_column", "function", "qualified_name")
        entries = [[entry[key] for key in keys] for entry in own["traceback"]]
        self.check(f"{where}: traceback", entries, told["traceback"])

    def exception(self, where, own, key, depth=0):
        """`own` is the exception of the truth called `key`."""
        if key != "raised":
            self.check(f"{where}: address", own.get("address"), key)
        told = self.objects[key]
        self.check(f"{where}: type", own["type"], told["type"])
        if "repeated" in own:
            return
        self.described.add(key)
        self.message(where, own, told)
        self.traceback(where, own, told)
        self.check(f"{where}: suppress", own["suppress_context"], told["suppress_context"])
        self.check(f"{where}: notes", own["notes"], list(map(valid, told["notes"])))
        for link in ("cause", "context"):
            if own[link] and told[link]:
                self.exception(f"{where}.{link}", own[link], told[link], depth + 1)
            elif depth < DEEPEST:
                self.check(f"{where}: {link}", own[link], told[link])
            else:
                self.cut = True
                self.check(f"{where}: complete", own.get("complete"), False)
        self.check(f"{where}: members", "exceptions" in own, told["exceptions"] is not None)
        members = told["exceptions"] or []
        self.check(f"{where}: member count", len(own.get("exceptions", [])), len(members))
        for index, (one, member) in enumerate(zip(own.get("exceptions", []), members)):
            self.exception(f"{where}[{index}]", one, member, depth + 1)

    def thread(self, own, told):
        found = ([own["exception"]] if "exception" in own else []) + own.get("handled", [])
        self.check("count", len(found), len(told["exceptions"]))
        for index, (one, key) in enumerate(zip(found, told["exceptions"])):
            where = told["where"] if index == 0 else "being_handled"
            self.check("where", one["where"], where)
            before = set(self.described)
            self.described = set()
            self.exception(f"{index}", one, key)
            if not self.cut:
                self.check(f"{index}: described", self.described, self.reachable(key))
            self.described |= before

    def reachable(self, key):
        found, waiting = set(), [key]
        while waiting:
            at = waiting.pop()
            if at and at not in found:
                found.add(at)
                told = self.objects[at]
                waiting += [told["cause"], told["context"], *(told["exceptions"] or [])]
        return found

    def shown_with(self, key):
        """What Python prints with this exception, without members."""
        shown = []
        while key and key not in shown:
            shown.append(key)
            told = self.objects[key]
            after = told["cause"] if told["cause"] not in shown else None
            key = after or (None if told["suppress_context"] else told["context"])
        return shown


def blocks_of(text):
    """thread tid or "" -> its printed exceptions, each a list of lines."""
    blocks, thread, block = {}, "", None
    for line in text.split("\n"):
        if heading := re.match(r"(?:Crashed t|T)hread (\d+)", line):
            thread, block = int(heading[1]), None
        elif re.match(r"  (An exception|While this one) was being", line):
            block = []
            blocks.setdefault(thread, []).append(block)
        elif block is not None and line.startswith("    "):
            block.append(line[4:])
        else:
            block = None
    return blocks


def expected_lines(text):
    return [printable(SUGGESTION.sub("", line)) for line in text.removesuffix("\n").split("\n")]


def compare_text(comparison, told, blocks):
    shown, texts = set(), []
    for key, text in zip(told["exceptions"], told["texts"]):
        if key not in shown:
            texts.append(text)
        shown.update(comparison.shown_with(key))
    comparison.check("printed exceptions", len(blocks), len(texts))
    for own, text in zip(blocks, texts):
        uncertain = any(NOT_RUN in line for line in own)
        own = [SUGGESTION.sub("", line) for line in own]
        told_lines = expected_lines(text)
        if comparison.cut:
            own = [line for line in own if INCOMPLETE not in line]
            own, told_lines = own[-20:], told_lines[-20:]
            if len(text) > LONGEST_TEXT:
                continue
        if uncertain:
            own, told_lines = without_uncertain(own, told_lines)
        for number, pair in enumerate(zip(own, told_lines)):
            if pair[0] != pair[1]:
                comparison.check(f"printed line {number}", *pair)
                break
        comparison.check("printed lines", len(own), len(told_lines))


def without_uncertain(own, told):
    """Both without the lines that we do not claim to know."""
    kept_own, kept_told, at = [], [], 0
    for index, line in enumerate(own):
        if NOT_RUN in line:
            continue
        if not (index + 1 < len(own) and NOT_RUN in own[index + 1]):
            kept_own.append(line)
            kept_told += told[at:at + 1]
        at += 1
    return kept_own, kept_told + told[at:]


def check(report_tool, python, root, scenario):
    """(how many facts were compared, what differs), with the ELF files at hand and without."""
    compared, problems = 0, []
    with tempfile.TemporaryDirectory(dir=root / "tmp") as name:
        truth, core = run(python, root, Path(name), scenario)
        sysroot = ["--sysroot", str(root)] if root != Path("/") else []
        for label, options in (("with files", sysroot), ("without", ["--no-recorded-paths"])):
            one = compare(truth, *report_on(report_tool, core, options, Path(name)))
            compared += one.compared
            problems += [f"{label}: {problem}" for problem in one.problems]
    return compared, problems


def report_on(report_tool, core, options, folder):
    report, text = folder / "report.json", folder / "report.txt"
    subprocess.run([report_tool, *options, "--no-lines", "--force", f"--json={report}",
                    f"--text={text}", core], check=True, capture_output=True)
    return json.loads(report.read_text("utf-8")), text.read_text("utf-8")


def compare(truth, report, text):
    comparison = Comparison(truth)
    threads = {thread["python_thread_id"]: thread for thread in report["threads"]}
    blocks = blocks_of(text)
    for told in truth["threads"]:
        thread = threads[told["ident"]]
        comparison.thread(thread, told)
        compare_text(comparison, told, blocks.get(thread["tid"], []))
    return comparison


def check_all(report_tool, python, root, names):
    label = "" if root == Path("/") else f"{root}:"
    compared = failed = 0
    for scenario in names:
        try:
            count, problems = check(report_tool, python, root, scenario)
        except Skip as why:
            print(f"skip: {python}: {why}")
            continue
        except (RuntimeError, KeyError, subprocess.SubprocessError) as why:
            count, problems = 0, [repr(why)]
        compared += count
        failed += bool(problems)
        for problem in problems[:5]:
            print(f"FAILED {label}{python} {scenario}: {problem}")
    print(f"{label}{python}: {len(names)} scenarios, {compared} facts, {failed} scenarios differ")
    return compared, failed


def main():
    report_tool, given = sys.argv[1], sys.argv[2:]
    names = scenarios()
    if given[:1] == ["--only"]:
        names, given = [given[1]], given[2:]
    results = [check_all(report_tool, python, root, names) for python, root in interpreters(given)]
    conclude(sum(compared for compared, _ in results), any(failed for _, failed in results))


if __name__ == "__main__":
    main()
