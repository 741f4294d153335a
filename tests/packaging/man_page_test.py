#!/usr/bin/env python3
"""Whether pycore-report(1) tells of the options that the program has.

    man_page_test.py PYCORE_REPORT MAN_PAGE

The page is written by hand; each option is an `.It Fl` line, and its shape is compared with that of
`--help`.
"""
import pathlib
import re
import sys

from help_options import options_of, parse_option


def shown(line):
    """What mdoc makes of `.It Fl o , Fl -output Ar FILE`: "-o, --output FILE"."""
    text = " ".join(line.split()[1:])
    text = re.sub(r"Oo = Ns Ar (\S+) Oc", r"[=\1]", text)
    text = re.sub(r"= Ns Ar (\S+)", r"=\1", text)
    text = re.sub(r"\bAr (\S+)", r"\1", text)
    text = re.sub(r"\bFl (\S+)", r"-\1", text)
    return re.sub(r" Ns ", "", text).replace(" ,", ",")


def main():
    program, page = sys.argv[1:]
    told = [shown(line) for line in pathlib.Path(page).read_text().splitlines()
            if line.startswith(".It Fl ")]
    there = options_of(program)
    failed = 0
    for text in told:
        if parse_option(text) not in there:
            print(f"FAILED: {page} has {text!r}, which --help has not")
            failed = 1
    for option in there:
        times = [parse_option(text) for text in told].count(option)
        if times != 1:
            print(f"FAILED: {page} has {option.long} as --help writes it {times} times")
            failed = 1
    print(f"{len(told)} options in the page, {len(there)} in --help")
    return failed


sys.exit(main())
