"""Run by program.c."""

import ctypes

from truth import tell

host = ctypes.CDLL(None)
Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)


@Callback
def called_by_c(value):
    return finish(value)


def finish(value):
    return tell(), host.host_crash(value)


def main():
    return host.host_callback(called_by_c, 8)


main()
