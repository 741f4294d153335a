"""Three threads in a row, with pipes between: each reads, changes and writes."""

import os
import time

import claims

pipes = [os.pipe() for _ in range(3)]
passed = []


def work(number):
    while True:
        data = os.read(pipes[number][0], 100)
        passed.append(number)
        os.write(pipes[(number + 1) % 3][1], data)


for number in range(3):
    claims.start(f"stage-{number}", work, number)
os.write(pipes[0][1], b"ball")
claims.tell(lambda: len(passed) > 100)
time.sleep(3600)
