"""A call through a function pointer that was overwritten with what can be no address at all."""

import ctypes

from truth import tell

router = ctypes.CDLL("/case/router.so")
router.overwrite.argtypes = ctypes.c_int, ctypes.c_ulong


def handle(event):
    if event < 2:
        return router.dispatch(event)
    return tell(), router.dispatch(event)


def main():
    router.overwrite(2, 0xDEADBEEFDEADBEEF)
    for event in range(4):
        handle(event)


main()
