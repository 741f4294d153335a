"""Imported before every program, so that all programs of a build start from the same heap.

Whatever the programs need is imported here: a core is stored as the difference from its build's
base core, and an object that moved is a difference in everything that points to it.
"""

import contextlib
import functools
import queue
import signal
import time

try:
    import ctypes
except ImportError:  # an isolated sub-interpreter of 3.12 refuses it
    pass

import truth
