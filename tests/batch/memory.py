"""The memory of a process and its children, all the time."""
import pathlib
import threading


def children_of(pid):
    try:
        text = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(word) for word in text.split()]


def resident(pid):
    """In KiB, what is shared counted for each: never too little."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/statm").read_text().split()
    except OSError:
        return 0
    return int(fields[1]) * 4 if len(fields) > 1 else 0


class PeakMemory(threading.Thread):
    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid = pid
        self.peak = 0
        self.ended = threading.Event()

    def run(self):
        while not self.ended.wait(0.01):
            now = sum(resident(pid) for pid in [self.pid, *children_of(self.pid)])
            self.peak = max(self.peak, now)

    def stop(self):
        self.ended.set()
        self.join()
        return self.peak / 1024
