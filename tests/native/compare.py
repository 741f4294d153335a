#!/usr/bin/env python3
"""Compares the native frames of cores with gdb's, thread by thread, by program counter.

    compare.py --native PRINT_NATIVE [--report PYCORE_REPORT] [--gdb GDB] [--at-least PERCENT]
               CORE[=SYSROOT] ...

Frames of a thread are compared from the innermost on; gdb's count is what 100 % is. Where both
differ, what each says is shown. With --report merged stacks are checked against gdb's too.
"""
import argparse
import pathlib
import re
import subprocess
import sys

import merged

HERE = pathlib.Path(__file__).resolve().parent


def parse(text):
    threads, header = {}, {}
    stack = None
    for line in text.splitlines():
        words = line.split()
        if not words or words[0] == "#":
            continue
        if words[0] in ("executable",):
            header[words[0]] = line.split(" ", 1)[1]
        elif words[0] == "thread":
            stack = threads.setdefault(int(words[1]), [])
        elif stack is not None and (words[0].startswith("0x") or words[0] == "0"):
            stack.append(words)
    return threads, header


def run_native(program, core, sysroot, extra=()):
    command = [program, str(core), *extra]
    if sysroot:
        command += ["--sysroot", sysroot]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return parse(done.stdout)


def run_gdb(gdb, core, sysroot, executable):
    command = [gdb, "-nx", "-batch", "-iex", "set auto-load off",
               "-iex", "set debuginfod enabled off"]
    if sysroot:
        command += ["-iex", f"set sysroot {sysroot}",
                    "-iex", f"set debug-file-directory {sysroot}/usr/lib/debug"]
    command += ["-x", str(HERE / "gdb_frames.py"), executable, "-c", str(core)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "begin" not in done.stdout:
        sys.exit(f"{core}: gdb failed: {done.stderr}")
    return parse(done.stdout.split("begin", 1)[1])[0]


def pcs(stack):
    return [int(words[0], 16) for words in stack]


def clean(name):
    """Without what LTO and splitting append, which gdb shows only where it has no DWARF."""
    return re.sub(r"(\.(cold|constprop|isra|part|lto_priv|localalias)(\.\d+)?)+$", "", name)


def compare_names(name, ours, theirs):
    """Frames that gdb names, and how many of them have that name here, as one of the aliases."""
    total = same = 0
    for tid, stack in theirs.items():
        for mine, wanted in zip(ours.get(tid, []), stack):
            if mine[0] != wanted[0] or wanted[2] == "?":
                continue
            total += 1
            if clean(wanted[2]) in map(clean, mine[2].split(",")):
                same += 1
            else:
                print(f"{name}: thread {tid}: {wanted[0]} is {mine[2]} here, {wanted[2]} in gdb")
    return total, same


def without_file(stack):
    return any("no-file" in words for words in stack)


def compare(name, ours, theirs):
    """Frames of gdb, and how many of them we have at the same depth."""
    total = same = 0
    for tid, stack in theirs.items():
        if without_file(ours.get(tid, [])):
            print(f"{name}: thread {tid} left out: it runs code of a file that is not here")
            continue
        mine = pcs(ours.get(tid, []))
        wanted = pcs(stack)
        equal = sum(a == b for a, b in zip(mine, wanted))
        total += max(len(mine), len(wanted))
        same += equal
        if mine != wanted:
            print(f"{name}: thread {tid}: {len(mine)} frames here, {len(wanted)} in gdb")
            for depth in range(max(len(mine), len(wanted))):
                a = " ".join(ours[tid][depth]) if depth < len(mine) else "-"
                b = " ".join(stack[depth]) if depth < len(wanted) else "-"
                mark = " " if mine[depth:depth + 1] == wanted[depth:depth + 1] else "!"
                print(f"  {mark} {depth:3} {a:50} | {b}")
    if not theirs or ours.keys() != theirs.keys():
        sys.exit(f"{name}: the threads differ: {sorted(ours)} here, {sorted(theirs)} in gdb")
    return total, same


class Totals:
    """Sums over cores; `options` has the programs to run."""

    def __init__(self):
        self.frames, self.names, self.merged = [0, 0], [0, 0], [0, 0, 0]

    def add(self, options, name, core, sysroot):
        ours, header = run_native(options.native, core, sysroot)
        theirs = run_gdb(options.gdb, core, sysroot, header["executable"])
        frames = compare(name, ours, theirs)
        names = compare_names(name, ours, theirs)
        self.frames = [sum(pair) for pair in zip(self.frames, frames)]
        self.names = [sum(pair) for pair in zip(self.names, names)]
        if options.report and frames[0] == frames[1]:
            report = merged.run_report(options.report, core, sysroot)
            checked = merged.check(name, report, {
                tid: stack for tid, stack in theirs.items() if not without_file(ours[tid])})
            self.merged = [sum(pair) for pair in zip(self.merged, checked)]
        print(f"{name}: {frames[1]} of {frames[0]} frames and {names[1]} of {names[0]} names "
              f"equal in {len(theirs)} threads", flush=True)

    def finish(self, at_least):
        """An exit status."""
        if not self.frames[0] or not self.names[0]:
            sys.exit("nothing was compared")
        percents = []
        for what, (total, same) in (("frames", self.frames), ("names", self.names)):
            percents.append(100 * same / total)
            print(f"all: {same} of {total} {what} equal: {percents[-1]:.2f} %")
        threads, right, loops = self.merged
        print(f"all: {right} of {threads} merged stacks right, with {loops} runs of the eval loop")
        return int(min(percents) < at_least or right != threads)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--native", required=True)
    parser.add_argument("--report")
    parser.add_argument("--gdb", default="gdb")
    parser.add_argument("--at-least", type=float, default=99.0)
    parser.add_argument("cores", nargs="+")
    options = parser.parse_args()

    totals = Totals()
    for entry in options.cores:
        core, _, sysroot = entry.partition("=")
        totals.add(options, core, core, sysroot)
    sys.exit(totals.finish(options.at_least))


if __name__ == "__main__":
    main()
