"""A sub-interpreter made by the main thread, run by another, and aborting there."""

import threading
import time

from truth import tell

try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters

CODE = """
import os
from truth import tell

def inner(depth):
    if depth:
        inner(depth - 1)
    tell(interpreter=1), os.abort()

class Job:
    def run(self):
        inner(2)

Job().run()
"""


def work(identity):
    time.sleep(0.3)
    tell(), interpreters.run_string(identity, CODE)


def main():
    identity = interpreters.create()
    worker = threading.Thread(target=work, args=(identity,), name="runner")
    worker.start()
    worker.join()


main()
