"""What the checks ask of the machine: to crash, to come to rest, and what is left behind."""
import pathlib
import re
import shutil
import time

SERVICE = "pycore-collect.service"
CORES = "lib/systemd/coredump"
REPORTS = "lib/pycore-report"
failures = []


def check(condition, *what):
    if not condition:
        failures.append(what)
        print("FAILED:", *what)


class Host:
    """The machine, and what its crashes left behind."""

    def __init__(self, machine):
        self.machine = machine
        self.cores, self.reports = machine.var / CORES, machine.var / REPORTS
        self.message_id = None

    def install_script(self):
        shutil.copy(pathlib.Path(__file__).with_name("crash.py"), self.machine.var / "crash.py")

    def crash(self, *words):
        return [int(word) for word in self.machine.run(
            self.machine.python, "/var/crash.py", *words).stdout.split()]

    def stored(self):
        """The cores that systemd keeps, without temporary names."""
        return {path for path in self.cores.iterdir() if not path.name.startswith(".")}

    def report_of(self, core):
        name = re.sub(r"\.(zst|lz4|xz)$", "", core.name)
        return self.reports / (name + ".pycore.json")

    def settle(self):
        """Until every core is stored and nothing of ours has anything to do."""
        quiet = 0
        end = time.monotonic() + 100
        while quiet < 5 and time.monotonic() < end:
            busy = self.machine.run("systemctl", "list-units", "--no-legend", "--plain", "--state",
                                    "activating,active,deactivating", "pycore-collect*.service",
                                    "systemd-coredump@*.service").stdout.strip()
            jobs = self.machine.run("systemctl", "list-jobs", "--no-legend").stdout.strip()
            quiet = 0 if busy or jobs else quiet + 1
            time.sleep(0.1)
        check(quiet == 5, "the machine does not come to rest:", busy, jobs)

    def seconds_to_report(self, core):
        """From the moment when the core got its name to that when its report did."""
        return self.report_of(core).stat().st_ctime - core.stat().st_ctime

    def records(self):
        return self.machine.records(f"MESSAGE_ID={self.message_id}")
