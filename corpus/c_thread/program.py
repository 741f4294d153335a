"""A crash in a thread of a C library, in which no Python ever ran."""

import ctypes
import threading
import time

from truth import tell

drain = ctypes.CDLL("/case/drain.so")


def serve():
    time.sleep(3600)


def main():
    threading.Thread(target=serve, name="server", daemon=True).start()
    time.sleep(0.2)
    drain.drain_start()
    tell(), time.sleep(3600)


main()
