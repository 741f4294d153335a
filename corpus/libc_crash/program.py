"""memcpy and strlen of bad addresses, in a thread, while the main thread waits in join."""

import ctypes
import threading
import time

from truth import tell

libc = ctypes.CDLL(None)
libc.memcpy.argtypes = ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t


class Decoder:
    def __init__(self, size):
        self.buffer = ctypes.create_string_buffer(size)

    def copy(self, source):
        if source > 4096:
            libc.memcpy(self.buffer, source, len(self.buffer))
        else:
            tell(), libc.memcpy(self.buffer, source, len(self.buffer))

    def decode(self, sources):
        for source in sources:
            self.copy(source)


def run():
    time.sleep(0.3)
    good = ctypes.create_string_buffer(64)
    Decoder(64).decode([ctypes.addressof(good), 0x10])


worker = threading.Thread(target=run, name="decoder")
worker.start()
worker.join()
