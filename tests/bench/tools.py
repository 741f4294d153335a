"""The tools to compare: how each is called, and whether it is here."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Tool:
    name: str
    command: list


def libpython_script(executable):
    """CPython's own gdb script: beside the interpreter, or where Debian's -dbg package has it."""
    real = os.path.realpath(executable)
    names = [real + "-gdb.py", f"/usr/share/gdb/auto-load{real}-gdb.py"]
    return next((name for name in names if Path(name).exists()), None)


def tools_for(core, executable, pycore_report):
    """Those that can read this core, and a line for each that is left out."""
    tools = [
        Tool("pycore-report --json", [pycore_report, "--json", core]),
        Tool("pycore-report --text", [pycore_report, "--text", core]),
    ]
    skipped = []
    add_eu_stack(tools, skipped, core, executable)
    add_gdb(tools, skipped, core, executable)
    add_pystack(tools, skipped, core, executable)
    return tools, skipped


def add_eu_stack(tools, skipped, core, executable):
    if not shutil.which("eu-stack"):
        skipped.append("eu-stack (package elfutils): not installed")
        return
    command = ["eu-stack", "-n", "0", "--core", core]
    tools.append(Tool("eu-stack", command + (["-e", executable] if executable else [])))


def add_gdb(tools, skipped, core, executable):
    if not shutil.which("gdb"):
        skipped.append("gdb: not installed")
    elif not executable:
        skipped.append("gdb: needs --exe")
    elif not (script := libpython_script(executable)):
        skipped.append(f"gdb: CPython's gdb script for {executable} is not installed (-dbg)")
    else:
        tools.append(Tool("gdb py-bt", [
            "gdb", "-nx", "-batch", "-iex", "set debuginfod enabled off",
            "-iex", "set auto-load python-scripts off", "-ex", f"source {script}",
            "-ex", "thread apply all py-bt", executable, core]))


def add_pystack(tools, skipped, core, executable):
    if not shutil.which("pystack"):
        skipped.append("pystack: not installed")
        return
    tools.append(Tool("pystack", ["pystack", "core", core] + ([executable] if executable else [])))
