"""A call through a function pointer that was overwritten: nothing is mapped where it leads."""

import ctypes

from truth import tell

events = ctypes.CDLL("/case/events.so")
events.overwrite.argtypes = ctypes.c_int, ctypes.c_ulong


def handle(event):
    if event < 2:
        return events.dispatch(event)
    return tell(), events.dispatch(event)


def main():
    events.overwrite(2, 0x5EED12345678)
    for event in range(4):
        handle(event)


main()
