"""Dies in the C library, called by a function that calls itself as deep as it is told."""
import ctypes
import os
import threading

strlen = ctypes.CDLL(None).strlen
strlen.argtypes = [ctypes.c_void_p]


class Decoder:
    def measure(self, depth):
        if depth:
            return self.measure(depth - 1)
        return [strlen(address) for address in (16,)]


def work():
    Decoder().measure(int(os.environ["DEPTH"]))


thread = threading.Thread(target=work, name=os.environ["NAME"])
thread.start()
thread.join()
