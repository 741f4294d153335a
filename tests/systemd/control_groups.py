"""A control group for the machine, in each hierarchy that there is, and what it says of memory."""
import os
import pathlib
import threading
import time



def hierarchies():
    """Where this process is in each: {"": its folder of cgroup2, "memory": ..., "name=systemd": ...}"""
    mounted = {}
    for line in pathlib.Path("/proc/self/mountinfo").read_text().splitlines():
        left, right = line.split(" - ", 1)
        kind, _, options = right.split()[:3]
        root, point = left.split()[3:5]
        if kind == "cgroup2":
            mounted.setdefault("", (root, point))
        elif kind == "cgroup":
            for option in options.split(","):
                mounted.setdefault(option, (root, point))
    found = {}
    for line in pathlib.Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        for name in controllers.split(","):
            if name in mounted and name in ("", "memory", "name=systemd"):
                root, point = mounted[name]
                found[name] = pathlib.Path(point) / os.path.relpath(path, root)
    return found


class ControlGroups:
    def __init__(self, name):
        self.folders = {}
        for hierarchy, folder in hierarchies().items():
            if hierarchy == "":
                self.hand_down(folder)
            (folder / name).mkdir()
            self.folders[hierarchy] = folder / name
        if "" not in self.folders:
            raise OSError("no cgroup2 is mounted")

    def hand_down(self, folder):
        """The memory controller, if it is cgroup2's and this group may have both it and processes."""
        try:
            (folder / "cgroup.subtree_control").write_text("+memory")
        except OSError:
            pass

    @property
    def legacy(self):
        return {"memory", "name=systemd"} <= set(self.folders)

    def enter(self):
        for folder in self.folders.values():
            (folder / "cgroup.procs").write_text(str(os.getpid()))

    def peak_memory(self, name):
        """The most that group NAME had, with the pages of files, or None if nobody has counted."""
        if self.legacy:
            file = self.folders["memory"] / name / "memory.max_usage_in_bytes"
        else:
            file = self.folders[""] / name / "memory.peak"
        return int(file.read_text()) if file.exists() else None

    def remove(self):
        for folder in self.folders.values():
            for place, _, _ in os.walk(folder, topdown=False):
                try:
                    os.rmdir(place)
                except OSError:
                    pass


class Limits(threading.Thread):
    """The memory that the kernel let group NAME have, whenever there was one."""

    def __init__(self, groups, name):
        super().__init__(daemon=True)
        self.files = [folder / name / file for folder, file in (
            (groups.folders.get("memory", pathlib.Path("/-")), "memory.limit_in_bytes"),
            (groups.folders[""], "memory.max"))]
        self.seen = set()

    def run(self):
        while True:
            for file in self.files:
                try:
                    text = file.read_text().strip()
                except OSError:
                    continue
                self.seen |= {int(text)} if text.isdigit() and int(text) < 1 << 60 else set()
            time.sleep(0.005)
