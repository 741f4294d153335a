"""Debian's packages of systemd and systemd-coredump, downloaded and never installed."""
import pathlib
import shutil
import subprocess

WANTED = ["systemd", "systemd-coredump"]
# What pycore-report itself needs, in a root where it was not built; libdw has another name in each.
WANTED_ELSEWHERE = ["elfutils"]
# Where apt of another root puts them meanwhile, as that root sees it.
INSIDE = pathlib.Path("/var/tmp/pycore-packages")


def apt_get(root, *options):
    elsewhere = root != pathlib.Path("/")
    return subprocess.run(
        [*(["chroot", root] if elsewhere else []),
         "apt-get", "install", "-qq", "-y", "--no-install-recommends", "-o", "Debug::NoLocking=1",
         "-o", "APT::Sandbox::User=root", *options, *WANTED,
         *(WANTED_ELSEWHERE if elsewhere else [])],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        timeout=120, check=False)


def fetch(folder, root):
    """What the host below ROOT lacks of the two, and of what they need; None and the reason if that
    fails."""
    listed = apt_get(root, "--print-uris")
    if listed.returncode != 0:
        return None, listed.stderr.strip()
    files = [folder / line.split()[1] for line in listed.stdout.splitlines() if line.startswith("'")]
    if not all(file.exists() for file in files):
        inside = root / INSIDE.relative_to("/")
        (inside / "partial").mkdir(parents=True, exist_ok=True)
        done = apt_get(root, "--download-only", "-o", f"Dir::Cache::archives={INSIDE}")
        if done.returncode == 0:
            folder.mkdir(parents=True, exist_ok=True)
            for file in inside.glob("*.deb"):
                shutil.move(file, folder / file.name)
        shutil.rmtree(inside)
        if done.returncode != 0:
            return None, done.stderr.strip()
    return files, None
