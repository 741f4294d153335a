"""A failed assert() in a C library."""

import ctypes

from truth import tell

header = ctypes.CDLL("/case/header.so")


def open_archive(version, size):
    if size >= 16:
        return header.check_header(version, size)
    return tell(), header.check_header(version, size)


def main():
    open_archive(1, 64)
    open_archive(1, 8)


main()
