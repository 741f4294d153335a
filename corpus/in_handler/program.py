"""A crash inside the handler of another crash, on an alternate stack."""

import ctypes

from truth import tell

monitor = ctypes.CDLL("/case/monitor.so")


def rate(count, seconds):
    return tell(), monitor.monitor_rate(count, seconds)


monitor.monitor_install()
rate(12, 0)
