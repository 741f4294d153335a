"""The same death in another function."""
import ctypes
import os
import threading

strlen = ctypes.CDLL(None).strlen
strlen.argtypes = [ctypes.c_void_p]


class Encoder:
    def measure(self, depth):
        if depth:
            return self.measure(depth - 1)
        return [strlen(address) for address in (16,)]


def work():
    Encoder().measure(int(os.environ["DEPTH"]))


thread = threading.Thread(target=work, name=os.environ["NAME"])
thread.start()
thread.join()
