#!/usr/bin/env python3
"""Validates the JSON of real cores against schemas/report-1.schema.json, by a validator that is not
ours; then breaks the documents and expects the validator to see it.

    validate.py --report PYCORE_REPORT --schema SCHEMA [--all] CORPUS [SCENARIO ...]

Every core of the corpus (without --all, those of release builds without faulthandler) is reported
twice, with its ELF files and without any; some more with all that options add or take. Exit status
77: there is no validator.
"""
import argparse
import concurrent.futures
import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from corpus_files import Unpacked, bases_of  # noqa: E402

try:
    import jsonschema
except ImportError:
    print("SKIPPED: python3-jsonschema is not installed")
    sys.exit(77)

# What options add to a report, tried on the first core of each scenario.
EXTRAS = (["--globals", "--environment", "--modules"], ["--privacy=public", "--environment"],
          ["--max-frames=3", "--max-locals=1", "--max-value-items=1", "--no-modules"])


class Places:
    """Every member of every kind of object that real documents have, each with one way to it."""

    def __init__(self):
        self.known = {}  # (pattern of the way, name) -> (document, way)

    def add(self, document, value, way=(), pattern=()):
        if isinstance(value, dict):
            for name, member in value.items():
                # Names of registers are data, not names of the format.
                data = pattern[-1:] in (("registers",), ("register_targets",))
                step = "*" if data else name
                if not data:
                    self.known.setdefault((pattern, name), (document, way))
                self.add(document, member, (*way, name), (*pattern, step))
        elif isinstance(value, list):
            for index, member in enumerate(value):
                self.add(document, member, (*way, index), (*pattern, "[]"))


def follow(document, way):
    for step in way:
        document = document[step]
    return document


def report(program, core, *options):
    done = subprocess.run([program, "--json", *options, core], capture_output=True, timeout=120)
    if done.returncode not in (0, 1, 4):
        raise RuntimeError(f"{core}: status {done.returncode}: {done.stderr.decode()}")
    return json.loads(done.stdout.decode("utf-8"))


def errors_of(validator, document):
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
            for error in validator.iter_errors(document)]


def check_core(arguments):
    """The errors in the reports of one core, and its places."""
    program, schema, core, root, extras = arguments
    validator = jsonschema.Draft202012Validator(schema)
    errors, places, count = [], Places(), 0
    for options in (["--sysroot", root], ["--no-recorded-paths"], *extras):
        document = report(program, core, *options)
        count += 1
        errors += [f"{pathlib.Path(core).name} {' '.join(options)}: {error}"
                   for error in errors_of(validator, document)]
        places.add(document, document)
    return errors, trimmed(places), count


def trimmed(places):
    """The same with documents that have nothing beside the places: they go between processes, and
    are validated hundreds of times."""
    small = Places()
    for (pattern, name), (document, way) in places.known.items():
        small.known[pattern, name] = (cut_lists(document, (*way, name)), shortened((*way, name))[:-1])
    return small


def shortened(way):
    return tuple(0 if isinstance(step, int) else step for step in way)


def cut_lists(value, way):
    """`value` with one element in each list: on the way the one that the way takes."""
    if isinstance(value, list):
        if not value:
            return value
        here = way[0] if way and isinstance(way[0], int) else 0
        return [cut_lists(value[here], way[1:] if way else ())]
    if isinstance(value, dict):
        return {name: cut_lists(member, way[1:] if way and way[0] == name else ())
                for name, member in value.items()}
    return value


def broken(document, way, name):
    """The document with one member renamed, and with one of a type that no member has."""
    renamed = copy.deepcopy(document)
    parent = follow(renamed, way)
    parent[name + "_"] = parent.pop(name)
    yield "renamed", renamed
    mistyped = copy.deepcopy(document)
    parent = follow(mistyped, way)
    parent[name] = [[parent[name]]]
    yield "mistyped", mistyped


def check_broken(validator, places):
    errors = []
    for (pattern, name), (document, way) in sorted(places.known.items(), key=lambda item: item[0]):
        if not validator.is_valid(document):
            errors.append(f"{'/'.join((*pattern, name))}: not valid before it was broken")
        for how, worse in broken(document, way, name):
            if validator.is_valid(worse):
                errors.append(f"{'/'.join((*pattern, name))}: {how}, and still valid")
    return errors


def jobs_of(options, schema, unpacked, manifest, bases):
    seen = set()
    for core in manifest["cores"]:
        if core["scenario"] not in (options.scenarios or [core["scenario"]]):
            continue
        variant = core["build"].endswith("-dbg") or core["name"].endswith("+faulthandler")
        if variant and not options.all:
            continue
        extras = () if core["scenario"] in seen else EXTRAS
        seen.add(core["scenario"])
        modules = manifest["builds"][core["build"]]["modules"]
        yield (options.report, schema, str(unpacked.file(core["core"], bases)),
               str(unpacked.root(core["build"], modules, bases)), extras)


def main():
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser()
    parser.add_argument("--report", required=True)
    parser.add_argument("--schema", type=pathlib.Path, required=True)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("scenarios", nargs="*")
    options = parser.parse_args()
    schema = json.loads(options.schema.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    manifest = json.loads((options.corpus / "manifest.json").read_text())
    bases = bases_of(manifest)
    errors, places, count = [], Places(), 0
    with tempfile.TemporaryDirectory(prefix="pycore-schema-") as folder:
        unpacked = Unpacked(options.corpus, pathlib.Path(folder))
        jobs = jobs_of(options, schema, unpacked, manifest, bases)
        with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
            for found, of_core, reports in pool.map(check_core, jobs):
                errors += found
                count += reports
                for place, example in of_core.known.items():
                    places.known.setdefault(place, example)
    errors += check_broken(jsonschema.Draft202012Validator(schema), places)
    for error in errors[:50]:
        print(error)
    print(f"{count} reports, {len(places.known)} kinds of members broken, {len(errors)} errors")
    sys.exit(1 if errors or not places.known else 0)


if __name__ == "__main__":
    main()
