"""A call through a NULL function pointer on the main thread, another thread asleep."""

import ctypes
import threading
import time

from truth import tell

plugin_entry = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(0)


def heartbeat():
    time.sleep(3600)


def call_plugin(number):
    return tell(), plugin_entry(number)


def main():
    threading.Thread(target=heartbeat, name="heartbeat", daemon=True).start()
    time.sleep(0.3)
    for number in range(3):
        call_plugin(number)


main()
