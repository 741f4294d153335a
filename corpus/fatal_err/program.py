"""Py_FatalError, as an extension calls it when it gives up."""

import ctypes

from truth import tell

Py_FatalError = ctypes.pythonapi.Py_FatalError
Py_FatalError.restype = None


class Cache:
    def __init__(self, entries):
        self.entries = entries

    def verify(self):
        if self.entries < 0:
            tell(), Py_FatalError(b"the cache lost %d entries" % -self.entries)


Cache(3).verify()
Cache(-2).verify()
