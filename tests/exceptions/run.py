"""Runs one scenario of scenarios.py as a program whose file is nowhere: neither Python nor we can
show its source lines then.

usage: run.py SCENARIO TRUTH
"""

import sys
from pathlib import Path

source = Path(__file__).with_name("scenarios.py").read_text("utf-8")
del Path
exec(compile(source, "/nowhere/scenarios.py", "exec"), globals())
globals()["scenario_" + sys.argv[1]]()
sys.exit("the scenario did not end the process")
