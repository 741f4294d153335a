"""systemd as the first process of namespaces of its own, in a root made of this host's /usr, of Debian's
packages unpacked beside it (never installed: systemd-coredump would change the kernel's settings), and of
what this build installs."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

from control_groups import ControlGroups

BOOT = pathlib.Path(__file__).with_name("boot.py")
BOOT_SECONDS = 60
COMMAND_SECONDS = 120


class CannotRun(Exception):
    """The machine cannot be had here; the text says why."""


def unpack(packages, folder):
    """Debian 12 has files in /lib, 13 has them in /usr/lib: they end up in the latter."""
    folder.mkdir(parents=True)
    for package in packages:
        subprocess.run(["dpkg", "-x", package, folder / "one"], check=True)
        for name in "bin", "sbin", "lib", "lib64":
            if (folder / "one" / name).is_dir():
                copy_tree(folder / "one" / name, folder / "usr" / name)
        copy_tree(folder / "one" / "usr", folder / "usr")
        shutil.rmtree(folder / "one")
    # It sets core_pattern, if anything ever reads it.
    for file in folder.glob("usr/lib/sysctl.d/*coredump*"):
        file.unlink()


def copy_tree(source, target):
    if source.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-a", f"{source}/.", target], check=True)


class Machine:
    def __init__(self, folder, packages, build, host):
        self.folder, self.host = folder, host
        self.var = self.folder / "var"
        if not os.path.islink(host / "lib"):
            raise CannotRun("/lib is no link to /usr/lib here")
        pythons = sorted(host.glob("usr/bin/python3")) + sorted(host.glob("usr/bin/python3.??"))
        if not pythons:
            raise CannotRun(f"no Python in {host / 'usr/bin'}")
        self.python = f"/usr/bin/{pythons[0].name}"
        unpack(packages, self.folder / "units")
        subprocess.run(["cmake", "--install", build, "--prefix", "/usr"], check=True,
                       stdout=subprocess.DEVNULL,
                       env={**os.environ, "DESTDIR": str(self.folder / "installed")})
        self.installed = self.folder / "installed"
        # Where /etc is not asked for, CMake has it below the prefix.
        if (self.installed / "usr/etc").exists():
            os.renames(self.installed / "usr/etc", self.installed / "etc")
        shutil.rmtree(self.installed / "usr/include")
        for file in self.installed.glob("usr/lib/**/libpycore.a"):
            file.unlink()
        self.groups = self.process = self.init = None

    def start(self):
        name = f"pycore-test-{os.getpid()}"
        try:
            self.groups = ControlGroups(name)
        except OSError as error:
            raise CannotRun(f"control groups: {error}") from error
        settings = {
            "host": str(self.host), "folder": str(self.folder), "units": str(self.folder / "units"),
            "installed": str(self.installed),
            "legacy": self.groups.legacy and self.takes_legacy_groups(),
            "init": ["/usr/lib/systemd/systemd", "--system", "--unit=basic.target",
                     "--log-target=journal", "--show-status=0"]}
        with open(self.folder / "boot.log", "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                ["unshare", "-m", "-p", "-u", "-i", "-n", "-C", "--fork", "--kill-child",
                 sys.executable, BOOT, json.dumps(settings)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=self.groups.enter)
        self.wait_until_up()

    def takes_legacy_groups(self):
        """From 256 on it refuses cgroup v1 unless it is told otherwise, and later in any case."""
        for place in self.folder / "units", self.host:
            for file in place.glob("usr/lib/x86_64-linux-gnu/systemd/libsystemd-shared-*.so"):
                return int(re.match(r"libsystemd-shared-(\d+)", file.name)[1]) < 256
        return False

    def wait_until_up(self):
        end = time.monotonic() + BOOT_SECONDS
        said = ""
        while time.monotonic() < end and self.process.poll() is None:
            self.init = self.init or self.find_init()
            if self.init:
                said = self.run("systemctl", "is-system-running", check=False).stdout.strip()
                if said in ("running", "degraded"):
                    return
            time.sleep(0.1)
        raise CannotRun(f"systemd did not start ({said}): {self.log()}")

    def find_init(self):
        """The process as this namespace numbers it, once it is systemd."""
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        for child in children.read_text().split():
            if pathlib.Path(f"/proc/{child}/comm").read_text().strip() == "systemd":
                return child
        return None

    def log(self):
        texts = [(self.folder / name).read_text(errors="replace")
                 for name in ("boot.log", "console") if (self.folder / name).exists()]
        return "\n".join(texts)[-3000:]

    def command(self, *words):
        return ["nsenter", "-t", self.init, "-m", "-p", "-u", "-i", "-n", "-C",
                "env", "-i", "PATH=/usr/sbin:/usr/bin", "LC_ALL=C.UTF-8", "SYSTEMD_PAGER=cat",
                *map(str, words)]

    def run(self, *words, check=True, **options):
        done = subprocess.run(self.command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, text=True, timeout=COMMAND_SECONDS,
                              check=False, **options)
        if check and done.returncode != 0:
            raise RuntimeError(f"{words}: status {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def show(self, unit, *properties):
        said = self.run("systemctl", "show", unit, *(f"-p{name}" for name in properties)).stdout
        return dict(line.split("=", 1) for line in said.splitlines() if "=" in line)

    def records(self, *matches):
        said = self.run("journalctl", "-o", "json", "--all", "--no-pager", *matches,
                        check=False).stdout
        return [json.loads(line) for line in said.splitlines() if line.startswith("{")]

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.groups:
            end = time.monotonic() + 5
            while any(f.exists() for f in self.groups.folders.values()) and time.monotonic() < end:
                self.groups.remove()
                time.sleep(0.05)
