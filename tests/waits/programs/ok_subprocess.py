"""A thread waits for a subprocess, another reads what one says, a third communicates."""

import subprocess
import sys
import time

import claims

children = [subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(3)]
claims.start("waits", children[0].wait)
claims.start("reads", children[1].stdout.read)
claims.start("talks", children[2].communicate, None, 3000)
claims.waits("waits", "child-process", where=False)
claims.holds("waits", children[0]._waitpid_lock)
claims.state("reads", "in system call")
claims.tell()
time.sleep(60)
