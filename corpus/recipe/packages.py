"""Debian packages of one scenario, not installed: they would change the others' cores."""

import shutil
import subprocess


def folders(names, root):
    """Where the files of each package are, to be laid over `root`."""
    return [root.parent / "packages" / root.name / name for name in names]


def unpack_packages(names, root, python):
    """Dependencies are not looked at: a scenario names all it needs."""
    for name, folder in zip(names, folders(names, root)):
        if not folder.exists():
            fetch(name, root, python, folder)


def fetch(name, root, python, folder):
    """What installing it would do, as far as it matters: byte code and alternatives too."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    inside = f"/tmp/corpus-{name}"
    work = root / inside.lstrip("/")
    work.mkdir()
    in_root(root, "sh", "-c",
            f"cd {inside} && apt-get -qq -o APT::Sandbox::User=root download {name}")
    for archive in work.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", archive, work / "files"], check=True)
    if (work / "files/usr/lib/python3").exists():
        in_root(root, python, "-m", "compileall", "-q", "-s", f"{inside}/files", "-p", "/",
                f"{inside}/files/usr/lib/python3")
    for library in work.glob("files/usr/lib/*/*/lib*.so.[0-9]"):
        (library.parents[1] / library.name).symlink_to(f"{library.parent.name}/{library.name}")
    shutil.move(work / "files", folder)
    shutil.rmtree(work)


def in_root(root, *command):
    subprocess.run(["chroot", root, *command], check=True)
