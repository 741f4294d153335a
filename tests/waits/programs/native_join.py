"""A thread that C code joins: one that C code started, and that runs Python only now and then.

options: quick, faulthandler
"""

import ctypes
import threading

import claims

libc = ctypes.CDLL(None)
begun = threading.Event()
ids = []


@ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)
def run(argument):
    ids.extend([threading.get_ident(), threading.get_native_id()])
    begun.set()
    libc.pause()


made = ctypes.c_ulong()
libc.pthread_create(ctypes.byref(made), None, run, None)
begun.wait()
claims.knows("made by C", *ids)
claims.waits("MainThread", "pthread-join", joins="made by C")
claims.tell()
libc.pthread_join(made, None)
