"""memcpy to a member of a struct whose pointer is NULL, three calls deep in a worker thread."""

import ctypes
import threading
import time

from truth import tell

codec = ctypes.CDLL("/case/codec.so")
codec.decode_row.argtypes = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t


class Image:
    def __init__(self, handle):
        self.handle = handle

    def load(self, row):
        tell(), codec.decode_row(self.handle, row, len(row))


def work(number):
    time.sleep(0.2 * number)
    if number == 3:
        Image(None).load(bytes(range(48)))
    time.sleep(3600)


workers = [threading.Thread(target=work, args=(number,), name=f"worker-{number}")
           for number in range(1, 4)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
