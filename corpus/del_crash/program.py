"""A crash in `__del__`: once by reference count, then by the cycle collector."""

import ctypes
import gc

from truth import tell

strlen = ctypes.CDLL(None).strlen


class Handle:
    def __init__(self, address):
        self.address = address

    def __del__(self):
        self.close()

    def close(self):
        if self.address:
            tell(), strlen(self.address)


class Pool:
    def __init__(self):
        self.myself = self
        self.handle = Handle(0)

    def __del__(self):
        self.handle.address = 1
        self.handle = None


def drop():
    Handle(0)
    Pool()
    gc.collect()


drop()
