"""An SSE load of an address that is mapped, but not a multiple of 16."""

import ctypes

from truth import tell

mixer = ctypes.CDLL("/case/mixer.so")
mixer.gain.restype = ctypes.c_float
mixer.gain.argtypes = (ctypes.c_void_p,)


def mix(samples):
    start = ctypes.addressof(samples)
    aligned = start + -start % 16
    mixer.gain(aligned)
    return tell(), mixer.gain(aligned + 4)


mix((ctypes.c_float * 64)())
