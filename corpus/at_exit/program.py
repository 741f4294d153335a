"""A crash in an atexit callback, the module level frame already gone."""

import atexit
import ctypes
import threading
import time

from truth import tell

strlen = ctypes.CDLL(None).strlen


@atexit.register
def flush():
    save(1)


def save(address):
    tell(), strlen(address)


def idle():
    time.sleep(3600)


threading.Thread(target=idle, name="daemon", daemon=True).start()
time.sleep(0.3)
