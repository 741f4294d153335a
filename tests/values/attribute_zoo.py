"""Objects whose repr() does not tell what they hold."""

from truth import put_plain, put_with


class Plain:
    pass


class Slotted:
    __slots__ = ("a", "b", "__private")

    def __init__(self, private=None):
        if private is not None:
            self.__private = private


class More(Slotted):
    __slots__ = ("c", "__dict__")


class Open(Slotted):
    pass


class Weak:
    __slots__ = ("a", "__weakref__")


class Int(int):
    pass


class Tuple(tuple):
    pass


class Str(str):
    pass


class Bytes(bytes):
    pass


class List(list):
    pass


class Dict(dict):
    pass


class Float(float):
    pass


class OwnError(Exception):
    pass


class Loud:
    def __repr__(self):
        return "LOUD"


class Louder(Loud):
    pass


class Mixed(Loud, list):
    pass


class Quiet(Loud):
    __repr__ = object.__repr__


class Descriptor:
    def __get__(self, one, kind=None):
        raise RuntimeError("nobody may run this")


class Described:
    value = Descriptor()
    other = property(lambda self: 1 / 0)


def filled(kind, *arguments, **attributes):
    one = kind(*arguments)
    for name, value in attributes.items():
        setattr(one, name, value)
    return one


def instances():
    for values in ({}, {"a": 1}, {"a": 1, "b": "it's", "c": [1, (2,)], "d": None}):
        put_with(filled(Plain, **values), **values)
        put_plain(filled(Loud, **values), **values)
        put_plain(filled(Louder, **values), **values)
        put_with(filled(Quiet, **values), **values)
        for kind, arguments in ((Int, (5,)), (Int, (-2**100,)), (Int, (0,)), (Tuple, ((1, 2, 3),)),
                                (Tuple, ()), (Str, ("text",)), (Bytes, (b"bytes",)), (List, ([1],)),
                                (Dict, ({1: 2},)), (Float, (2.5,)), (OwnError, ("x", 1))):
            put_with(filled(kind, *arguments, **values), **values)
        put_plain(filled(Mixed, [1], **values), **values)


def changed_instances():
    reordered = filled(Plain, a=1, b=2, c=3)
    del reordered.a
    reordered.a = "again"
    put_with(reordered, b=2, c=3, a="again")
    asked = filled(Plain, x=1)
    asked.__dict__["y"] = 2
    put_with(asked, x=1, y=2)
    replaced = filled(Plain, x=1)
    replaced.__dict__ = {"z": 3}
    put_with(replaced, z=3)
    many = {f"name{number}": number for number in range(60)}
    put_with(filled(Plain, **many), **many)
    loop = Plain()
    loop.me, loop.list = loop, [loop]
    put_with(loop, me=loop, list=loop.list)
    put_with(filled(Described, a=1), a=1)


def slots():
    put_with(Slotted())
    put_with(filled(Slotted, "p", a=1), a=1, _Slotted__private="p")
    put_with(filled(More, a=1, c=[3], d="dict"), a=1, c=[3], d="dict")
    put_with(filled(Open, b=2, x=3), b=2, x=3)
    put_with(filled(Weak, a=1), a=1)
    deleted = filled(Slotted, a=1, b=2)
    del deleted.a
    put_with(deleted, b=2)


ALL = (instances, changed_instances, slots)
