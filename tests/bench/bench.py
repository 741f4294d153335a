"""Wall time, CPU time and peak memory of pycore-report and of other tools on the same cores.

Without CORE it dumps the cores of the project's targets from the newest CPython here, and says
whether each target holds.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import inputs
import targets
import tools

SLOW = 10.0  # seconds: a tool above this is run once


@dataclass(frozen=True)
class Sample:
    wall: float
    cpu: float
    peak: float  # MB
    status: int


class Bench:
    def __init__(self, options, scratch):
        self.runs = options.runs
        self.pycore_report = options.pycore_report
        self.scratch = scratch
        self.measure = scratch / "measure"
        source = Path(__file__).with_name("measure.cpp")
        subprocess.run(["c++", "-std=c++20", "-O1", "-o", self.measure, source], check=True)

    def once(self, tool):
        done = subprocess.run(
            [self.measure, self.scratch / "output", *tool.command],
            check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        wall, cpu, peak, status = done.stdout.split()
        return Sample(float(wall), float(cpu), int(peak) * 1024 / 1e6, int(status))

    def all_tools(self, core, executable):
        """Medians by tool name. Interleaved, so that a busy moment hits every tool alike."""
        present, skipped = tools.tools_for(str(core), executable, self.pycore_report)
        samples = {tool.name: [self.once(tool)] for tool in present}
        for _ in range(self.runs - 1):
            for tool in present:
                if samples[tool.name][0].wall < SLOW:
                    samples[tool.name].append(self.once(tool))
        return samples, skipped

    def json_of(self, core):
        done = subprocess.run([self.pycore_report, "--json", core], check=True,
                              capture_output=True, stdin=subprocess.DEVNULL)
        return json.loads(done.stdout)


def median(samples):
    return Sample(*(statistics.median(getattr(sample, field) for sample in samples)
                    for field in ("wall", "cpu", "peak")), samples[0].status)


def count_frames(report):
    return sum(len(thread["stack"]) for thread in report["threads"])


def print_table(title, samples, skipped):
    print(f"\n{title}")
    print(f"  {'':22}{'wall':>10}{'CPU':>10}{'peak':>10}{'x wall':>9}{'x CPU':>9}{'x peak':>9}")
    base = median(next(iter(samples.values())))
    for name, runs in samples.items():
        got = median(runs)
        note = "" if got.status == 0 else f"  exit status {got.status}"
        note += "" if len(runs) > 1 else "  one run"
        print(f"  {name:22}{got.wall * 1e3:7.1f} ms{got.cpu * 1e3:7.1f} ms{got.peak:7.1f} MB"
              f"{got.wall / base.wall:9.1f}{got.cpu / max(base.cpu, 1e-6):9.1f}"
              f"{got.peak / base.peak:9.1f}{note}")
    for line in skipped:
        print(f"  skipped: {line}")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pycore-report", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--runs", type=int, default=5, help="runs of each tool (default: 5)")
    parser.add_argument("--exe", help="interpreter of the cores given, for the other tools")
    parser.add_argument("--python", help="interpreter to dump cores of")
    parser.add_argument("--only", choices=inputs.PROGRAMS, action="append",
                        help="of the generated cores only this one (repeatable)")
    parser.add_argument("cores", nargs="*", metavar="CORE")
    return parser.parse_args()


def run_given(bench, options):
    for core in options.cores:
        samples, skipped = bench.all_tools(core, options.exe)
        print_table(f"{core} ({count_frames(bench.json_of(core))} Python frames)", samples, skipped)
    return 0


def run_generated(bench, options):
    python = options.python or inputs.newest_python()
    print(f"cores of {python}, median of {options.runs} runs")
    results = {}
    for name in options.only or inputs.PROGRAMS:
        core = inputs.dump(name, python, bench.scratch)
        report = bench.json_of(core)
        samples, skipped = bench.all_tools(core, python)
        size = core.stat().st_size / 1e6
        print_table(f"{name} ({count_frames(report)} Python frames, core of {size:.0f} MB)",
                    samples, skipped)
        results[name] = targets.Result(median(samples["pycore-report --json"]),
                                       count_frames(report), inputs.EXPECTED_FRAMES[name])
        core.unlink()
    return targets.judge(results)


def main():
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="pycore-bench-", dir="/var/tmp") as scratch:
        bench = Bench(options, Path(scratch))
        return run_given(bench, options) if options.cores else run_generated(bench, options)


if __name__ == "__main__":
    sys.exit(main())
