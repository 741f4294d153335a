"""Stands in for the corpus's module of that name: `tell()` writes down the variables of all frames.

What a program does before and after it does not matter here; nothing of it is left on the stack.
"""

import os
import sys
import threading
import types

fd = os.open(os.environ["TRUTH"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)


def plain(value, base=object.__repr__, function=types.FunctionType, type=type, repr=repr,
          str=str):
    """(repr(), what object.__repr__ would say where a class has its own in Python, its type)."""
    kind = type(value)
    own = next((vars_["__repr__"] for one in kind.__mro__ if "__repr__" in (vars_ := one.__dict__)),
               None)
    module = kind.__module__
    name = kind.__qualname__ if module == "builtins" else f"{module}.{kind.__qualname__}"
    try:
        text = repr(value)
    except Exception as error:
        text = f"failed: {type(error).__name__}"
    return text, base(value) if isinstance(own, function) else None, name


def attributes(value, plain=plain):
    """repr() of what is in the instance's dict; None where the class has `__slots__` as well."""
    if any("__slots__" in vars(kind) for kind in type(value).__mro__):
        return None
    own = getattr(value, "__dict__", None)
    return {str(key): plain(one)[:2] for key, one in own.items()} if type(own) is dict else {}


def arguments(code):
    """Name -> kind of argument, as `inspect` calls them."""
    kinds, names = {}, iter(code.co_varnames)
    for count, kind in ((code.co_posonlyargcount, "positional-only"),
                        (code.co_argcount - code.co_posonlyargcount, "positional-or-keyword"),
                        (code.co_kwonlyargcount, "keyword-only"),
                        (bool(code.co_flags & 4), "var-positional"),
                        (bool(code.co_flags & 8), "var-keyword")):
        for _ in range(count):
            kinds[next(names)] = kind
    return kinds


def fact(frame, plain=plain, attributes=attributes, arguments=arguments):
    code = frame.f_code
    fast = bool(code.co_flags & 1)
    own = frame.f_locals if fast or frame.f_locals is not frame.f_globals else {}
    own = {name: (*plain(value), attributes(value)) for name, value in list(own.items())}
    return (code.co_filename, code.co_name, own, arguments(code), code.co_cellvars,
            code.co_freevars, (*code.co_varnames, *code.co_cellvars, *code.co_freevars))


def stack(frame, fact=fact, here=fact.__code__.co_filename):
    facts = []
    while frame is not None and len(facts) < 3000:
        if frame.f_code.co_filename != here:
            facts.append(fact(frame))
        frame = frame.f_back
    return facts


def tell(interpreter=0, fd=fd, write=os.write, current_frames=sys._current_frames, stack=stack,
         ascii=ascii):
    if interpreter:
        return
    told = {ident: stack(frame) for ident, frame in current_frames().items()}
    data = ascii(told).encode() + b"\n"
    while data:
        data = data[write(fd, data):]
    write(fd, b"== ready\n")
