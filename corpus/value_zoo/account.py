"""What repr() says of the variables of all frames, written down before `truth` tells the stacks."""

import os
import sys
import types

import truth


def plain(value, base=object.__repr__, function=types.FunctionType):
    """[repr(), what `object` would print where the class has its own in Python, else None]."""
    own = next(vars(one)["__repr__"] for one in type(value).__mro__ if "__repr__" in vars(one))
    return [repr(value), base(value) if isinstance(own, function) else None]


def variables(frame):
    # The variables of a module are its globals.
    own = frame.f_locals if frame.f_code.co_flags & 1 else {}
    return {name: plain(value) for name, value in list(own.items())}


def stack(frame, here=plain.__code__.co_filename):
    """Innermost first."""
    told = []
    while frame is not None:
        if frame.f_code.co_filename != here:
            told.append(variables(frame))
        frame = frame.f_back
    return told


def tell():
    told = {hex(ident): stack(frame) for ident, frame in sys._current_frames().items()}
    data = b"== variables " + ascii(told).encode() + b"\n"
    while data:
        data = data[os.write(truth.fd, data):]
