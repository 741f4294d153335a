"""numpy adds up an array over memory that is not there."""

import ctypes

import numpy

from truth import tell


class Matrix:
    def __init__(self, rows, columns):
        values = (ctypes.c_double * (rows * columns)).from_address(0x600000000000)
        self.values = numpy.frombuffer(values, dtype=float).reshape(rows, columns)

    def total(self):
        tell(), numpy.add.reduce(self.values, axis=None)


Matrix(100, 80).total()
