"""Turns what CPython wrote about a process into expected.json. Nothing here looks at the core.

Two accounts are compared before one is believed: faulthandler's (of the crash line, and at death
where it was enabled) and the program's own through `sys._current_frames()`. faulthandler stops at
100 frames a thread and 100 threads; what lies beyond is the program's.
"""

import ast
import re

TRUTH = "/corpus/common/truth.py"
SHOWN_AT_MOST = 100
# 3.14 counts the hidden frame of every call from C towards its limit, and does not say it stopped.
CUT_FROM = SHOWN_AT_MOST // 2 - 1
HEADER = re.compile(
    r"(Current thread|Thread) 0x([0-9a-f]+)(?: \[.*\])? \(most recent call first\):")
FRAME = re.compile(r'  File "(.*)", line (\d+) in (.*)')
ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))")


class Disagreement(Exception):
    pass


def text(escaped):
    return ESCAPE.sub(lambda match: chr(int(next(filter(None, match.groups())), 16)), escaped)


def parse_dump(dump):
    """({ident: [(file, line, name)]}, the current thread's ident) of a faulthandler dump."""
    stacks, current, frames = {}, None, None
    for line in dump.splitlines():
        if header := HEADER.fullmatch(line):
            ident = int(header[2], 16)
            # A fatal error of 3.14 writes one dump, and its abort another.
            frames = stacks[ident] = []
            if header[1] == "Current thread":
                current = ident
        elif (frame := FRAME.fullmatch(line)) and frames is not None:
            if text(frame[1]) != TRUTH:
                frames.append((text(frame[1]), int(frame[2]), text(frame[3])))
        elif line.startswith(("Current thread's C stack", "Extension modules")):
            break
    return stacks, current


def parse_truth(written):
    """The accounts of one process: [(what the program told, the dump beside it)]."""
    accounts = []
    for part in written.split("== told ")[1:]:
        told, _, rest = part.partition("\n== dump\n")
        accounts.append((ast.literal_eval(told), rest.partition("== ready")[0]))
    return accounts


def parse_variables(written):
    """What a program of ours told of the variables besides, before anything else; else None."""
    before = written.partition("== told ")[0]
    return ast.literal_eval(before.partition("== variables ")[2] or "None")


def unfold(stack):
    return [fact[:3] for fact, count in stack for _ in range(count)]


def agree(told, dumped, what, stops_early):
    """faulthandler's stacks must be the beginning of the told ones, and whole unless it was cut."""
    for ident, frames in dumped.items():
        own = unfold(told.get(ident, []))
        cut = stops_early or len(frames) >= CUT_FROM
        shown = own[:len(frames)] if cut else own
        if frames != shown:
            raise Disagreement(f"{what}, thread {ident:#x}:\n  {frames}\n  {shown}")
    if len(dumped) < SHOWN_AT_MOST and (missing := told.keys() - dumped.keys()):
        raise Disagreement(f"{what}: threads only told: {missing}")


def merge(accounts):
    """The last account; frames of a sub-interpreter lie above those of the thread that runs it."""
    told = next(account for account, _ in reversed(accounts) if account["interpreter"] == 0)
    unsure = {told["current"]: {0}}
    for account, _ in accounts:
        if account["interpreter"]:
            ident = account["current"]
            upper = account["stacks"][ident]
            told["stacks"][ident] = upper + told["stacks"].get(ident, [])
            unsure[ident] = {0, len(upper)}
    return told, unsure


def thread_json(ident, told, unsure):
    name, native_id = told["names"].get(ident, (None, None))
    stack = told["stacks"].get(ident, [])
    frames = [[*fact[:3], *([count] if count > 1 else [])] for fact, count in stack]
    thread = {"ident": hex(ident), "native_id": native_id, "name": name, "frames": frames}
    if all(fact[3] for fact, _ in stack):
        # The instruction of these frames moved on between the truth and the crash.
        moved = unsure.get(ident, set())
        thread["positions"] = [None if index in moved or fact[4] is None else [fact[3], *fact[4]]
                               for index, (fact, _) in enumerate(stack)]
    return thread


def any_inner(accounts):
    return any(account["interpreter"] for account, _ in accounts)


def source_of(accounts, at_death, stops_early):
    if stops_early:
        return "sys._current_frames() on the crash line; faulthandler agrees as far as it goes"
    if any_inner(accounts):
        return "sys._current_frames() in the main interpreter, sys._getframe() in the other one"
    if at_death:
        return "faulthandler at death, equal to sys._current_frames() on the crash line"
    return "faulthandler and sys._current_frames() on the crash line, which agree"


def expected(written, at_death, signal, crashes, stops_early=False):
    """`at_death` is stderr's dump or None; `crashes`: the thread that told its truth dies itself."""
    accounts = parse_truth(written)
    for told, dump in accounts:
        if dump and not told["interpreter"]:
            dumped, _ = parse_dump(dump)
            agree(told["stacks"], dumped, "dump on the crash line", stops_early)
            told["stacks"] = {ident: told["stacks"].get(ident, []) for ident in
                              dict.fromkeys([*dumped, *told["stacks"]])}
    told, unsure = merge(accounts)
    crashed = told["current"] if crashes else None
    if at_death and not any_inner(accounts):
        dumped, crashed = parse_dump(at_death)
        if not dumped:
            raise Disagreement("no dump at death")
        agree(told["stacks"], dumped, "dump at death", stops_early)
    threads = [thread_json(ident, told, unsure) for ident in told["stacks"]]
    variables = parse_variables(written)
    return {"source": source_of(accounts, at_death, stops_early), "signal": signal,
            "crashed_thread": crashed and hex(crashed), "threads": threads,
            **({"variables": variables} if variables else {})}
