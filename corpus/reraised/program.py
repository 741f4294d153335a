"""A crash whose C handler raises the signal again, in a worker thread."""

import ctypes
import threading
import time

from truth import tell

reporter = ctypes.CDLL("/case/reporter.so")
reporter.reporter_read.argtypes = (ctypes.c_void_p,)


class Sensor:
    def read(self, address):
        return tell(), reporter.reporter_read(address)


def work():
    time.sleep(0.3)
    Sensor().read(0x600000000)


reporter.reporter_install()
worker = threading.Thread(target=work, name="sensor")
worker.start()
worker.join()
