#!/usr/bin/env python3
"""Compares the operands in memory that the library sees in real code with those objdump prints.

    compare.py --print PRINT_OPERANDS [FILE ...]

Without a file: the C library that this Python runs with. Its string functions use most of SSE, AVX
and AVX-512.
"""

import argparse
import collections
import re
import shutil
import subprocess
import sys

LINE = re.compile(r"^ *[0-9a-f]+:\t((?:[0-9a-f]{2} )+) *\t(.*)$")
PREFIX = re.compile(r"^(?:(?:lock|rep|repz|repnz|bnd|notrack|data16|addr32|xacquire|xrelease|cs|ds|es|ss"
                    r"|rex\.?\w*|\{\w+\}) )+")
MEMORY = re.compile(
    r"(?:%(?P<segment>[cdefgs]s):)?(?P<disp>-?0x[0-9a-f]+)?"
    r"\((?P<base>%\w+)?(?:,(?P<index>%\w+),(?P<scale>[1248]))?\)"
    r"|%(?P<segment2>[cdefgs]s):(?P<absolute>0x[0-9a-f]+)"
    r"|(?<![$\w(])(?P<bare>0x[0-9a-f]+)(?![\w(])")
NO_ACCESS = re.compile(r"lea|nop|prefetch|cldemote|endbr|invlpg")
# They have one more operand in memory than they print: the last of ours.
STACK = re.compile(r"push|pop[^c]|pop$|call|ret|leave|enter")
# With the destination in memory, which is the last operand; others read and write it.
READS = re.compile(r"v?p?test|cmp(?!xchg)|bt[wlq]?$|.*cmpb$")
WRITES = re.compile(r"v?mov|vp?maskmov|v?p?extr|vextract|v?p?compress|kmov|vcvtps2ph|vp(mov|scatter)|vscatter|stos|set|xsavec|pop"
                    r"|fi?st|fn?st|v?stmxcsr|fxsave|clwb")
READS_ALONE = re.compile(r"call|jmp|push|i?mul|i?div|fi?ld|fi?(add|sub|mul|div|com)|f[bx]?rstor|fldcw|v?ldmxcsr"
                         r"|xrstor|lldt|ltr|clflush")
BRANCH = re.compile(r"(j\w+|call|loop\w*|xbegin)[wlq]? ")


def split_operands(text):
    return re.findall(r"(?:\([^)]*\)|\{[^}]*\}|[^,])+", text)


def number(register):
    return "mm" + re.sub(r"\D", "", register) if "mm" in register else register.lstrip("%")


def signed(text):
    value = int(text or "0", 16)
    return value - (1 << 64) if value >= 1 << 63 else value


def wide(register):
    """The name of all 64 bits, for addresses of 32."""
    name = number(register or "%")
    return re.sub(r"^e", "r", name) if not re.match(r"r\d+d$", name) else name[:-1]


def parse(operand):
    found = MEMORY.search(operand)
    if not found or operand.startswith("$"):
        return None
    part = found.groupdict()
    segment = part["segment"] or part["segment2"] or ""
    base = wide(part["base"]) if part["base"] else ""
    index = part["index"] and wide(part["index"])
    if index in ("riz", "eiz", None):
        index = ""
    return (segment if segment in ("fs", "gs") else "", base, index,
            part["scale"] if index else "1",
            signed(part["disp"] or part["absolute"] or part["bare"]))


def expected(text):
    """What objdump says: the operands in memory, each with its kind where the mnemonic tells it."""
    text = PREFIX.sub("", text.split("#")[0].split("<")[0].strip())
    if BRANCH.match(text) and "*" not in text:
        return text, []
    mnemonic, _, rest = text.partition(" ")
    operands = split_operands(rest.strip())
    memory = [(place, parse(operand)) for place, operand in enumerate(operands)]
    result = []
    for place, where in memory:
        if where is None or NO_ACCESS.match(mnemonic):
            continue
        last = place == len(operands) - 1
        kind = "b"
        if not last or READS.match(mnemonic):
            kind = "r"
        elif WRITES.match(mnemonic):
            kind = "w"
        elif len(operands) == 1 and READS_ALONE.match(mnemonic):
            kind = "r"
        if re.match(r"cmps|scas|lods", mnemonic):
            kind = "r"
        if re.match(r"xchg|xadd|cmpxchg", mnemonic):
            kind = "b"
        result.append((kind,) + where)
    return mnemonic, sorted(result)


def ours(answer, mnemonic):
    operands = []
    for text in answer.split()[1:]:
        kind, segment, base, index, scale, displacement = text.split(":")
        operands.append((kind, segment, base, index, scale if index else "1", int(displacement)))
    if STACK.match(mnemonic) and operands:
        operands.pop()
    return sorted(operands)


def c_library():
    with open("/proc/self/maps", encoding="utf-8") as maps:
        for line in maps:
            if re.search(r"/libc[.-][\w.]*so[\w.]*$|/ld-musl", line.strip()):
                return line.split(maxsplit=5)[5].strip()
    return None


def instructions(path):
    listing = subprocess.run(["objdump", "-d", "-w", path], stdout=subprocess.PIPE, text=True,
                             check=True).stdout
    seen = {}
    for line in listing.splitlines():
        found = LINE.match(line)
        # A line that starts with `wait` (9b) may be two instructions.
        if found and "(bad)" not in line and not found[1].startswith("9b"):
            seen.setdefault(found[1].replace(" ", ""), found[2])
    return seen


def compare(path, printer):
    code = instructions(path)
    answers = subprocess.run([printer], input="\n".join(code) + "\n", stdout=subprocess.PIPE,
                             text=True, check=True).stdout.splitlines()
    counts = collections.Counter()
    differences = {}
    for (hexadecimal, text), answer in zip(code.items(), answers):
        mnemonic, theirs = expected(text)
        counts["with memory" if theirs else "without"] += 1
        if answer == "-" and not theirs:
            continue
        mine = ours(answer, mnemonic)
        if answer == "-" or int(answer.split()[0]) * 2 != len(hexadecimal) or mine != theirs:
            differences.setdefault(mnemonic, (hexadecimal, text, theirs, answer))
            counts["different"] += 1
    print(f"{path}: {len(code)} different instructions, {counts['with memory']} with memory, "
          f"{counts['different']} that differ")
    for hexadecimal, text, theirs, answer in differences.values():
        print(f"  {hexadecimal} {text}\n    objdump {theirs}\n    ours    {answer}")
    return counts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--print", required=True)
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()
    if not shutil.which("objdump"):
        print("SKIPPED: no objdump")
        return 0
    files = options.files or [c_library()]
    header = files[0] and subprocess.run(["objdump", "-f", files[0]], stdout=subprocess.PIPE,
                                         text=True, check=False).stdout
    if not header or "x86-64" not in header:
        print("SKIPPED: no C library for x86-64")
        return 0
    total = sum((compare(path, getattr(options, "print")) for path in files), collections.Counter())
    return 0 if total["with memory"] > 1000 and not total["different"] else 1


sys.exit(main())
