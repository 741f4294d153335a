#!/usr/bin/env python3
"""sr_reading.py SR REPORT PROBE CACHE: what is opened, and what is never."""
import http.server
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading

import sr

OPENED = re.compile(r'(open|openat|openat2|creat)\((?:AT_FDCWD, |\d+, )?"([^"]*)".* = (\d+)')


def opened(lines):
    return [match.group(2) for match in map(OPENED.search, lines) if match]


def sr_01():
    """The core is opened once, and nothing but a regular file."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        os.mkfifo(folder / "fifo")
        (folder / "link").symlink_to(sr.core())
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(folder / "socket"))
        for path in [folder / "fifo", folder / "link", folder / "socket", folder, "/dev/zero",
                     "/dev/null", folder / "missing"]:
            status, out, error, seconds = sr.run(path)
            sr.check(status == 3 and seconds < 1, path, status, seconds)
            sr.check(out == b"" and error.count("\n") == 1, path, error)
    lines, _ = sr.traced("--brief", sr.core())
    mine = [line for line in lines if str(sr.core()) in line and "open" in line]
    sr.check(len(mine) == 1, mine)
    for flag in ["O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC"]:
        sr.check(flag in mine[0], flag, mine[0])


def sr_02():
    """Paths in the core lead nowhere but to ELF files below the allowed folders."""
    with tempfile.TemporaryDirectory() as folder:
        bad = {"/usr/bin/python3.11": "/etc/shadow",
               "/usr/lib/x86_64-linux-gnu/libc.so.6": "/proc/self/mem",
               "/usr/lib/x86_64-linux-gnu/libm.so.6": "/dev/zero",
               "/usr/lib/x86_64-linux-gnu/libffi.so.8.1.2": "/usr/../etc/shadow"}
        path = sr.forged(folder, bad)
        lines, done = sr.traced("--json", path)
        sr.check(done.returncode in (0, 1, 4), done.returncode, done.stderr)
        names = opened(lines)
        for name in names:
            plain = os.path.normpath(name)
            sr.check(not plain.endswith(("shadow", "/mem", "dev/zero")), name)
        asked = [line for line in lines if "sendto(" in line]
        # Only root's strace can read the memory of what is not dumpable.
        sr.check(os.geteuid() != 0 or any("shadow" in line for line in asked), "was not asked for")
    for path, expected in [("/etc/shadow", "Permission denied"), ("/usr/bin", "Permission denied"),
                           ("/usr/../etc/passwd", "Permission denied"),
                           ("relative", "Invalid argument"), ("/usr/bin/env", "succeeded")]:
        ending, status, answer = sr.probe("file:" + path)
        sr.check((ending, status, answer) == ("finished", 7, expected), path, answer)
    if os.geteuid() == 0:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            root.chmod(0o755)
            for name, mode in [("good", 0o644), ("group", 0o664), ("others", 0o646),
                               ("secret", 0o640), ("foreign", 0o644)]:
                (root / name).write_text("x")
                (root / name).chmod(mode)
            os.chown(root / "foreign", 65534, 65534)
            (root / "out").symlink_to("/etc/passwd")
            (root / "over").symlink_to("/usr/bin/env")
            os.mkfifo(root / "fifo", 0o644)
            for name in ["good", "group", "others", "secret", "foreign", "out", "over", "fifo"]:
                answer = sr.probe(f"file:{root}/{name}", str(root))[2]
                wanted = "succeeded" if name in ("good", "over") else "Permission denied"
                sr.check(answer == wanted, name, answer)


def sr_03():
    """No source file is read, whatever code objects name."""
    with tempfile.TemporaryDirectory() as folder:
        path = sr.forged(folder, {"/corpus/exception/program.py": "/etc/services"})
        lines, done = sr.traced("--json", path)
        sr.check(not any("services" in name for name in opened(lines)), "opened")
        report = sr.validate(done.stdout)
        frames = [frame for thread in report["threads"] for frame in thread["stack"]
                  if frame["kind"] == "python"]
        sr.check(any("services" in frame["file"] for frame in frames), "not forged")
        sr.check(all(frame.get("source") is None for frame in frames), "has source lines")


def sr_04():
    """No network, and no debuginfod."""
    asked = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

    server = http.server.HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    lines, done = sr.traced("--json", sr.core(), env={**os.environ, "DEBUGINFOD_URLS": url})
    server.shutdown()
    sr.check(done.returncode == 0 and not asked, done.returncode, asked)
    sr.check(not any(re.search(r" (socket|connect)\(", line) for line in lines), "has a socket")
    sr.check(sr.run("--debuginfod", sr.core())[0] == 2, "--debuginfod was taken")
    for thing in ["socket", "unix-socket"]:
        sr.check(sr.probe(thing)[:2] == ("crashed", 31), thing)


def sr_05():
    """Nothing is executed, and there is no process but the one in the sandbox."""
    lines, _ = sr.traced("--json", sr.core())
    sr.check(sum("execve(" in line for line in lines) == 1, "execve")
    starts = [line for line in lines if re.search(r" (clone3?|v?fork)\(", line)]
    sr.check(len(starts) == 1, starts)
    for thing in ["exec", "fork", "code", "write-code"]:
        sr.check(sr.probe(thing)[:2] == ("crashed", 31), thing)


def sr_17():
    """What is no core is told so, without a word of what it is."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "secret"
        path.write_text("root:canary-of-a-secret:19000::::::\n" * 50)
        status, out, error, _ = sr.run("--json", path)
        sr.check(status == 3 and out == b"", status, out)
        sr.check("not a core dump" in error and "canary" not in error, error)


def sr_18():
    """What the file's attributes say is compared with the core."""
    with tempfile.TemporaryDirectory(dir=sr.CACHE) as folder:
        path = pathlib.Path(folder) / "core"
        shutil.copy(sr.core(), path)
        try:
            os.setxattr(path, "user.coredump.pid", b"4711")
            os.setxattr(path, "user.coredump.comm", b"\x1b]0;x\x07\nMESSAGE=forged")
        except OSError:
            sr.skip("no extended attributes here")
        report = sr.validate(sr.run("--json", path)[1])
        texts = [w["message"] for w in report["warnings"] if w["code"] == "metadata-mismatch"]
        sr.check(len(texts) == 2 and any("4711" in text for text in texts), texts)
        sr.check(all(text.isprintable() for text in texts), texts)
        os.chmod(path, 0o666)
        report = sr.validate(sr.run("--json", path)[1])
        sr.check("core-of-other-user" in sr.codes(report), sr.codes(report))
        os.setxattr(path, "user.coredump.comm", b"pycore-report")
        status, out, error, _ = sr.run("--json", path)
        sr.check(status == 4 and out == b"" and "pycore-report itself" in error, status, error)


def sr_19():
    """The journal is never read."""
    lines, _ = sr.traced("--json", sr.core())
    sr.check(not any("/log/journal" in name for name in opened(lines)), "journal")


def sr_24():
    """Nothing is asked of the process that crashed, or of one that has its number now."""
    lines, _ = sr.traced("--json", sr.core())
    for name in opened(lines):
        sr.check(not re.match(r"/proc/\d", name), name)
    for call in ["ptrace", "setns", "chroot", "process_vm_readv"]:
        sr.check(not any(re.search(rf" {call}\(", line) for line in lines), call)
    for thing in ["ptrace", "kill", "chroot"]:
        sr.check(sr.probe(thing)[:2] == ("crashed", 31), thing)


def sr_25():
    """No settings from here, home or the environment; none that others can write; no setuid."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        folder.chmod(0o755)
        bad = folder / "pycore-report.conf"
        bad.write_text("[Collector]\nFormats=text\nNonsense=1\n")
        environment = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        status, _, error, _ = sr.run("--json", sr.core(), cwd=folder, env=environment)
        sr.check(status == 0 and "Nonsense" not in error, error)
        status, _, error, _ = sr.run("--config", bad, "--json", sr.core())
        sr.check(status == 0 and "line 3: Nonsense is not known" in error, error)
        bad.chmod(0o666)
        status, _, error, _ = sr.run("--config", bad, "--json", sr.core())
        sr.check(status == 2 and "can be written by others" in error, status, error)
        if os.geteuid() != 0:
            return
        tool = folder / "tool"
        shutil.copy(sr.REPORT, tool)
        tool.chmod(0o4755)
        done = subprocess.run([tool, "--version"], capture_output=True, text=True, user=65534,
                              group=65534)
        if os.statvfs(folder).f_flag & os.ST_NOSUID == 0:
            sr.check(done.returncode == 2 and "setuid" in done.stderr, done)


sr.main(globals())
