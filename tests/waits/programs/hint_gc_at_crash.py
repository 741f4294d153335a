"""It dies in a finalizer that the garbage collector calls.

options: no-signal
"""

import gc
import os

import claims


class Node:
    def __init__(self):
        self.me = self

    def __del__(self):
        os.abort()


gc.disable()
Node()
claims.state("MainThread", "in garbage collection")
claims.hint("gc-at-crash")
claims.tell_now()
gc.collect()
