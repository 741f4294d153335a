"""An integer division by zero in C."""

import ctypes

from truth import tell

average = ctypes.CDLL("/case/average.so").average


def mean(values):
    if values:
        return average(sum(values), len(values))
    return tell(), average(0, len(values))


def report(table):
    return {name: mean(values) for name, values in table.items()}


report({"first": [1, 2, 3], "second": []})
