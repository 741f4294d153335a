#!/usr/bin/env python3
"""Hangs processes in every way we know, each of which wrote down first who waits for whom, and
compares the reports of their cores with it: with ELF files and without, on every interpreter.

usage: compare.py REPORT [--all] [--only NAME[,NAME...]] [-j JOBS] [-v] [[ROOT:]PYTHON...]
       ROOT: the interpreter lives in this chroot; --all: not only the quick programs

What a program (programs/NAME.py) writes, by its claims (inside/claims.py), is JSON:

  pid        the process that is to be dumped: a child of the program, perhaps
  threads    {NAME: {"ident", "native_id",
                     "states": [...] or null     one of these has to be the report's `state`; * at the
                                                 end stands for anything
                     "waits": null or {
                       "kind":      as report-format.md names it; "a|b" is one of several
                       "addresses": [...]        one of these; none: not compared
                       "names":     [...]        the description contains one of these as a word
                       "joins":     NAME         the thread waited for
                       "timed":     bool
                       "where":     [co_name, co_qualname, file, line] or null: not compared}}}
  holds      [{"thread": NAME, "kind", "address": hex or null,
               "sure":  true: the report is certain; null: the thread is among the owners;
                        false: it need not be known
               "names"}]
             all there are: the report may be certain of no other owner, nor of another Lock or
             RLock of a thread of which anything is claimed
  orphans    [hex...]  addresses of RLocks whose owner is no thread of the process
  deadlocks  [{"cycle": [NAME...], "kinds": [...], "sure": true, or null: not compared,
               "behind": [NAME...]}]  all there are
  hints      [ID...]  have to be given ("a|b": one of the two). Of those about deadlocks
             (differences.py) no other may be, and no warning at all in programs called ok_*.
  may_hint   [ID...]  these may be given as well
  gil        NAME of its holder, or null: nobody; absent: not compared
"""

import argparse
import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "live"))
import hang
from differences import Differences
from fresh_core import Skip, conclude, interpreters

SHOWN = 8  # differences of one core


def claims_of(truth):
    """How many things were compared."""
    threads = truth["threads"].values()
    return sum(bool(one["waits"]) + bool(one["states"]) for one in threads) + \
        len(truth["holds"]) + len(truth["deadlocks"]) + len(truth["hints"])


def reports_of(report_tool, core, root):
    sysroot = ["--sysroot", str(root)] if root != Path("/") else []
    for words, options in ((" [with ELF files]", sysroot), (" [without]", ["--no-recorded-paths"])):
        out = subprocess.run([report_tool, "--json", *options, core], capture_output=True)
        if out.returncode:
            raise RuntimeError(f"{report_tool} failed{words}: {out.returncode}, {out.stderr[-500:]}")
        yield words, json.loads(out.stdout)


def check(report_tool, program, way, python, root):
    """(number of claims, [what differs])"""
    with tempfile.TemporaryDirectory(dir=root / "tmp", ignore_cleanup_errors=True) as name:
        truth, core = hang.core_of(program, way, python, root, Path(name))
        problems = {}
        for words, report in reports_of(report_tool, core, root):
            for one in Differences(truth, report, program.path.stem.startswith("ok_")).all():
                problems[one] = problems.get(one, "") + words
        # A healthy process claims at least this: that there is no deadlock.
        return max(1, claims_of(truth)), [f"{one}{words}" for one, words in problems.items()]


def attempt(job):
    try:
        return (*check(*job), None)
    except (Skip, RuntimeError, OSError, ValueError) as why:
        return 0, [], why


def arguments():
    words = argparse.ArgumentParser()
    words.add_argument("report_tool")
    words.add_argument("--all", action="store_true")
    words.add_argument("--only", default="")
    words.add_argument("-j", type=int, default=2)
    words.add_argument("-v", action="store_true")
    words.add_argument("pythons", nargs="*")
    return words.parse_intermixed_args()


def chosen(options):
    only = set(filter(None, options.only.split(",")))
    for program in hang.programs():
        if program.path.stem in only or (not only and (options.all or "quick" in program.options)):
            yield from ((program, way) for way in program.ways)


def main():
    options = arguments()
    compared = failed = 0
    for python, root in interpreters(options.pythons):
        jobs = [(options.report_tool, program, way, python, root)
                for program, way in chosen(options)]
        right = wrong = claims = 0
        with ThreadPoolExecutor(options.j) as pool:
            for (_, program, way, *_), (count, problems, why) in zip(jobs, pool.map(attempt, jobs)):
                name = f"{root}:{python} {program.path.stem}{' ' * bool(way)}{way}"
                if isinstance(why, Skip):
                    print(f"skip: {name}: {why}")
                    continue
                problems = [f"no truth to compare with: {why}"] if why else problems
                for problem in problems[:SHOWN]:
                    print(f"FAILED {name}: {problem[:600]}", flush=True)
                if len(problems) > SHOWN:
                    print(f"       ... and {len(problems) - SHOWN} more")
                if options.v and not problems:
                    print(f"ok {name}: {count}", flush=True)
                right, wrong, claims = right + (not problems), wrong + bool(problems), claims + count
        print(f"{root}:{python}: {right} programs right, {wrong} not; {claims} claims", flush=True)
        compared, failed = compared + right, failed + wrong
    conclude(compared, failed)


if __name__ == "__main__":
    main()
