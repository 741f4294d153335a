"""A crash in `__del__` while the interpreter tears its modules down, a daemon thread still there."""

import ctypes
import threading
import time

from truth import tell

strlen = ctypes.CDLL(None).strlen


class Last:
    def __del__(self, tell=tell, strlen=strlen):
        tell(), strlen(1)


# A frame of this module in the thread would keep `last` alive for ever.
threading.Thread(target=time.sleep, args=(3600,), name="daemon", daemon=True).start()
time.sleep(0.3)
last = Last()
