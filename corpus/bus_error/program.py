"""A mapped file was cut behind our back, and its pages beyond the end are read."""

import ctypes
import mmap
import os

from truth import tell

blocks = ctypes.CDLL("/case/blocks.so")


def open_blocks(path, size):
    with open(path, "w+b") as file:
        file.truncate(size)
        return mmap.mmap(file.fileno(), size)


def verify(mapping):
    view = (ctypes.c_char * len(mapping)).from_buffer(mapping)
    return tell(), blocks.checksum(view, len(mapping))


mapping = open_blocks("/case/blocks.dat", 3 * 4096)
os.truncate("/case/blocks.dat", 4096)
verify(mapping)
