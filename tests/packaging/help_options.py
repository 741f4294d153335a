"""The options that `pycore-report --help` lists."""
import dataclasses
import re
import subprocess


@dataclasses.dataclass(frozen=True)
class Option:
    names: tuple  # the short one first
    argument: str = ""
    joint: str = ""  # what stands between the name and the argument: " ", "=" or "[="

    @property
    def long(self):
        return self.names[-1]


def parse_option(text):
    """`-o, --output FILE`, `--html[=FILE]` or `--privacy=LEVEL`."""
    match = re.fullmatch(r"((?:-\w, )?--?[\w-]+)(?:( |=|\[=)([A-Z]+)\]?)?", text)
    if not match:
        raise ValueError(f"not an option as --help writes one: {text!r}")
    names, joint, argument = match.groups()
    return Option(tuple(names.split(", ")), argument or "", joint or "")


def options_of(program):
    """In the order of --help."""
    text = subprocess.run([program, "--help"], check=True, capture_output=True, text=True).stdout
    options = [parse_option(match[1])
               for match in re.finditer(r"^  (-\S.*?)(?:  .*)?$", text, re.MULTILINE)]
    if len(options) < 20:
        raise ValueError(f"--help lists {len(options)} options only")
    return options
