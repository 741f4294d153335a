"""Endless recursion in C alone, on the stack of a worker thread."""

import ctypes
import threading
import time

from truth import tell

chain = ctypes.CDLL("/case/chain.so")
threading.stack_size(256 * 1024)


class Chain:
    def weigh(self):
        tell(), chain.ring_weight()


def work():
    time.sleep(0.3)
    Chain().weigh()


worker = threading.Thread(target=work, name="weigher")
worker.start()
worker.join()
