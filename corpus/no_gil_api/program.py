"""The C API is called without the GIL: CPython finds out and gives up."""

import ctypes

from truth import tell

PyThreadState_Get = ctypes.CDLL(None).PyThreadState_Get


def callback():
    tell(), PyThreadState_Get()


def run_callbacks(callbacks):
    for call in callbacks:
        call()


run_callbacks([callback])
