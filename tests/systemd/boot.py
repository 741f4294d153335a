"""Becomes systemd: the first process of namespaces of its own, which Machine started.

    boot.py SETTINGS

SETTINGS is JSON: `host` (below it are the /usr and the ld.so.cache to take), `folder` (for what is
written), `units` (the unpacked packages), `installed` (this
build's own files), `init` (the path of systemd, and its options), `legacy` (controllers of cgroup v1 to
mount).

Nothing here may reach the machine that it runs on. /proc/sys is read-only before systemd starts, and
`container` tells it not to set the clock, core_pattern and the like.
"""
import ctypes
import json
import os
import pathlib
import subprocess
import sys

PR_CAPBSET_DROP = 24
# SYS_MODULE, SYS_RAWIO, SYS_PACCT, SYS_BOOT, SYS_TIME, SYSLOG, WAKE_ALARM.
FORBIDDEN = [16, 17, 20, 22, 25, 34, 35]
DEVICES = ["null", "zero", "full", "random", "urandom", "tty"]
# What a container does without, or what would touch the machine.
MASKED = """systemd-sysctl.service systemd-udevd.service systemd-udev-trigger.service
    systemd-udevd-kernel.socket systemd-udevd-control.socket systemd-modules-load.service
    systemd-binfmt.service systemd-random-seed.service systemd-hwdb-update.service
    systemd-tmpfiles-setup-dev.service systemd-tmpfiles-setup-dev-early.service
    systemd-remount-fs.service systemd-update-utmp.service systemd-timesyncd.service
    systemd-networkd.service systemd-resolved.service systemd-firstboot.service
    systemd-pstore.service systemd-boot-update.service systemd-machine-id-commit.service
    systemd-network-generator.service systemd-creds.socket systemd-hostnamed.socket
    systemd-mute-console.socket systemd-userdbd.socket systemd-journald-audit.socket
    systemd-coredump-register.service systemd-coredumpd.service systemd-coredumpd.socket
    dev-hugepages.mount dev-mqueue.mount sys-kernel-debug.mount sys-kernel-tracing.mount
    sys-kernel-config.mount sys-fs-fuse-connections.mount proc-sys-fs-binfmt_misc.automount
    proc-sys-fs-binfmt_misc.mount dbus.socket dbus.service ldconfig.service kmod-static-nodes.service
    getty.target apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer
    fstrim.timer man-db.timer logrotate.timer systemd-tmpfiles-clean.timer""".split()


def mount(*options):
    subprocess.run(["mount", *map(str, options)], check=True)


def make_system_folders(root, settings):
    written = pathlib.Path(settings["folder"])
    for name in "all", "written", "work":
        (root / "scratch" / name).mkdir(parents=True)
    (root / "usr").mkdir()
    # Layers must not lie within each other, so these are copied. Each is a whole root, for core dumps
    # name files as their own layer knows them: with its /usr.
    layers = root / "scratch/installed", root / "scratch/units"
    for layer in layers:
        subprocess.run(["cp", "-a", settings[layer.name], layer], check=True)
    lower = ":".join(map(str, [*layers, settings["host"]]))
    mount("-t", "overlay", "-o", f"lowerdir={lower},upperdir={root}/scratch/written,"
          f"workdir={root}/scratch/work", "overlay", root / "scratch/all")
    mount("--bind", root / "scratch/all/usr", root / "usr")
    subprocess.run(["umount", root / "scratch/all"], check=True)
    for name in "bin", "sbin", "lib", "lib32", "lib64", "libx32":
        if os.path.islink(settings["host"] / name):
            (root / name).symlink_to(os.readlink(settings["host"] / name))
    for name in "proc", "sys", "dev", "run", "tmp", "old", "root", "var":
        (root / name).mkdir()
    mount("-t", "tmpfs", "-o", "mode=0755", "tmpfs", root / "run")
    mount("-t", "tmpfs", "-o", "mode=1777", "tmpfs", root / "tmp")
    (written / "var").mkdir()
    mount("--bind", written / "var", root / "var")


def make_configuration(root, settings):
    etc = root / "etc"
    etc.mkdir()
    (etc / "passwd").write_text("root:x:0:0:root:/root:/bin/sh\n"
                                "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n")
    (etc / "group").write_text("root:x:0:\nnogroup:x:65534:\n")
    (etc / "nsswitch.conf").write_text("passwd: files\ngroup: files\nshadow: files\n")
    (etc / "machine-id").write_text(os.urandom(16).hex() + "\n")
    (etc / "os-release").symlink_to("../usr/lib/os-release")
    (etc / "ld.so.cache").write_bytes((settings["host"] / "etc/ld.so.cache").read_bytes())
    subprocess.run(["cp", "-a", f"{settings['installed']}/etc/.", etc], check=True)
    units = etc / "systemd" / "system"
    units.mkdir(parents=True, exist_ok=True)
    for name in MASKED:
        (units / name).symlink_to("/dev/null")


def make_kernel_folders(root, settings):
    mount("-t", "proc", "proc", root / "proc")
    for path in root / "proc/sys", root / "proc/sysrq-trigger":
        if path.exists():
            mount("--bind", path, path)
            mount("-o", "remount,bind,ro", path)
    # systemd would mount every controller that it finds here, and make groups in those of the machine.
    controllers = pathlib.Path(settings["folder"]) / "controllers"
    controllers.write_text("#subsys_name\thierarchy\tnum_cgroups\tenabled\nmemory\t1\t1\t1\n")
    mount("--bind", controllers, root / "proc/cgroups")
    mount("-t", "sysfs", "-o", "ro", "sysfs", root / "sys")
    groups = root / "sys/fs/cgroup"
    if settings["legacy"]:
        mount("-t", "tmpfs", "-o", "mode=0755", "tmpfs", groups)
        for name, options in {"memory": "memory", "systemd": "none,name=systemd"}.items():
            (groups / name).mkdir()
            mount("-t", "cgroup", "-o", options, "cgroup", groups / name)
        groups = groups / "unified"
        groups.mkdir()
    mount("-t", "cgroup2", "cgroup2", groups)


def make_devices(root, folder):
    devices = root / "dev"
    mount("-t", "tmpfs", "-o", "mode=0755", "tmpfs", devices)
    console = pathlib.Path(folder) / "console"
    console.touch()
    for name, source in {**{name: f"/dev/{name}" for name in DEVICES}, "console": console}.items():
        (devices / name).touch()
        mount("--bind", source, devices / name)
    for name in "pts", "shm":
        (devices / name).mkdir()
    mount("-t", "devpts", "-o", "newinstance,ptmxmode=0666,mode=620", "devpts", devices / "pts")
    mount("-t", "tmpfs", "tmpfs", devices / "shm")
    (devices / "ptmx").symlink_to("pts/ptmx")
    for number, name in enumerate(["stdin", "stdout", "stderr"]):
        (devices / name).symlink_to(f"/proc/self/fd/{number}")
    (devices / "fd").symlink_to("/proc/self/fd")


def drop_capabilities():
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    for capability in FORBIDDEN:
        if prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            sys.exit(f"capability {capability}: {os.strerror(ctypes.get_errno())}")


def main():
    settings = json.loads(sys.argv[1])
    settings["host"] = pathlib.Path(settings["host"])
    if os.getpid() != 1:
        sys.exit("not the first process of a namespace")
    mount("--make-rprivate", "/")
    root = pathlib.Path(settings["folder"]) / "root"
    root.mkdir()
    mount("-t", "tmpfs", "-o", "mode=0755", "tmpfs", root)
    make_system_folders(root, settings)
    make_configuration(root, settings)
    make_devices(root, settings["folder"])
    make_kernel_folders(root, settings)
    os.chdir(root)
    subprocess.run(["pivot_root", ".", "old"], check=True)
    os.chdir("/")
    subprocess.run(["umount", "-l", "/old"], check=True)
    if not os.statvfs("/proc/sys/kernel").f_flag & os.ST_RDONLY:
        sys.exit("/proc/sys can be written to")
    drop_capabilities()
    console = os.open("/dev/console", os.O_RDWR | os.O_APPEND)
    for descriptor in range(3):
        os.dup2(console, descriptor)
    os.execve(settings["init"][0], settings["init"],
              {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "container": "pycore"})


main()
