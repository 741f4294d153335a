"""free() of an address that malloc never gave out."""

import ctypes

from truth import tell

buffers = ctypes.CDLL("/case/buffers.so")
buffers.buffer_new.restype = ctypes.c_void_p
buffers.buffer_delete.argtypes = (ctypes.c_void_p,)


class Buffer:
    def __init__(self):
        self.bytes = buffers.buffer_new()

    def close(self):
        tell(), buffers.buffer_delete(self.bytes)


Buffer().close()
