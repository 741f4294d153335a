"""A healthy process, dumped alive: a worker at a queue, a generator being read, a sleeping main."""

import queue
import threading
import time

from truth import tell

jobs = queue.Queue()


def work():
    while True:
        jobs.get()


def numbers():
    for number in range(3):
        yield number
        tell(), time.sleep(3600)


threading.Thread(target=work, name="worker", daemon=True).start()
time.sleep(0.3)
print(sum(numbers()))
