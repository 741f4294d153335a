"""Debian's packages of systemd and systemd-coredump, downloaded and never installed."""
import pathlib
import subprocess

WANTED = ["systemd", "systemd-coredump"]


def apt_get(*options):
    return subprocess.run(
        ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "-o", "Debug::NoLocking=1",
         "-o", "APT::Sandbox::User=root", *options, *WANTED],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        timeout=120, check=False)


def fetch(folder):
    """What this host lacks of the two, and of what they need; None and the reason if that fails."""
    folder = pathlib.Path(folder)
    (folder / "partial").mkdir(parents=True, exist_ok=True)
    listed = apt_get("--print-uris")
    if listed.returncode != 0:
        return None, listed.stderr.strip()
    files = [folder / line.split()[1] for line in listed.stdout.splitlines() if line.startswith("'")]
    if not all(file.exists() for file in files):
        done = apt_get("--download-only", "-o", f"Dir::Cache::archives={folder}")
        if done.returncode != 0:
            return None, done.stderr.strip()
    return files, None
