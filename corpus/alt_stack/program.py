"""A crash whose handler runs on an alternate stack and calls abort()."""

import ctypes

from truth import tell

guard = ctypes.CDLL("/case/guard.so")


class Service:
    def check(self, state):
        tell(), guard.guard_check(state)


guard.guard_install()
Service().check(None)
