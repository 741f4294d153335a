"""Writes repr() of many values, by address, to the file it is given, and aborts."""

import json
import math
import os
import random
import struct
import sys
import types

import attribute_zoo
import corrupt_zoo
import library_zoo
import machinery_zoo
import truth
from truth import put

OUT = sys.argv[1]

class Plain:
    pass


class Slotted:
    __slots__ = ("a",)


class Outer:
    class Inner:
        pass

    def method(self):
        pass


class Int(int):
    pass


class Float(float):
    pass


class Str(str):
    pass


class Bytes(bytes):
    pass


class Tuple(tuple):
    pass


class List(list):
    pass


class Dict(dict):
    pass


class Set(set):
    pass


class FrozenSet(frozenset):
    pass


class ByteArray(bytearray):
    pass


def function():
    def inner():
        pass
    return inner


def generator_function():
    yield 1


def singletons():
    put(None, True, False, Ellipsis, NotImplemented)


def integers():
    put(0, 1, -1, 255, 256, 257, -5, -6, 10**9, 10**9 - 1, 10**18, -10**18, 10**27, Int(7), Int(-7))
    for bits in (29, 30, 31, 59, 60, 61, 63, 64, 90, 127, 128, 1000, 5000):
        put(2**bits, 2**bits - 1, 2**bits + 1, -2**bits, 1 - 2**bits)
    put(10**4299, 7**5000 % 10**4200, -(10**4000) - 1, math.factorial(1000))


def floats():
    put(0.0, -0.0, 1.0, -1.5, 0.1, 1 / 3, 1e16, 1e15, 9999999999999998.0, 12345678901234567.0, 1e17,
        1e22, 1e23, 1e-4, 1e-5, 0.00012345, 1.5e-7, 5e-324, -5e-324, 1.7976931348623157e308,
        2.2250738585072014e-308, 123456789.123, 1e100, 1e-100, math.pi, math.nan, -math.nan,
        math.inf, -math.inf, 100.0, 1234567890123456.0, 4.35, 2**53 + 0.0, Float(2.5), 9.5e-5)
    draw = random.Random(3)
    for _ in range(40):
        put([struct.unpack("d", draw.randbytes(8))[0] for _ in range(100)])
        put([draw.uniform(-1, 1) * 10 ** draw.randint(-20, 20) for _ in range(100)])
        put([round(draw.uniform(-1000, 1000), draw.randint(0, 5)) for _ in range(100)])


def complexes():
    parts = (0.0, -0.0, 1.0, -2.5, math.nan, -math.nan, math.inf, -math.inf, 1e100, 1e16)
    put(*(complex(real, imaginary) for real in parts for imaginary in parts))


def texts():
    put("", "a", "it's", 'say "no"', "both ' and \"", "\\", "\t\n\r\0\x1f\x7f", "caf\xe9", "\xa0",
        "\xad", "\u20ac", "\u200b\u2028\ufeff", "\U0001f600", "\U0010ffff", "\ud800", "a\udc80b",
        "\ue000", "\U000e0001", "x" * 4000, "\u0394\U0001f40d'", "\xff'\"", Str("sub"),
        Str("\u20ac"), sys.intern("interned"), "\u0378", "\U0001fae8", "\U0001f6dc", "\u1c89")
    # Every character there is: what is printable differs between versions.
    for plane in range(0, 0x110000, 0x1000):
        put("".join(map(chr, range(plane, plane + 0x1000))))


def byte_strings():
    every = bytes(range(256))
    for content in (b"", b"a", b"it's", b'say "no"', b"both ' and \"", b"\\\t\n\r\0\x7f", every):
        put(content, bytearray(content), Bytes(content), ByteArray(content))
    shifted = bytearray(b"0123456789" * 20)
    del shifted[:50]
    put(shifted)


def sequences():
    put((), (1,), (1, 2), ("a", None, 2.5), ((1,), ()), [], [1], [1, "two", 3.0], [[]], [[1], [2]],
        Tuple((1,)), Tuple(), List([1, 2]), range(0), range(5), range(2, 9), range(10, 0, -3),
        range(10**30, 10**31, 7), range(0, 10, 1), slice(None), slice(1), slice(1, 2),
        slice("a", [1], None), list(range(90)), tuple(range(90)), (True, [None, (Ellipsis,)]))


def dicts():
    deleted = {key: key for key in "abcdefgh"}
    del deleted["a"], deleted["d"]
    deleted["a"] = "again"
    many = {number: str(number) for number in range(95)}
    queue = {number: None for number in range(3000)}
    for number in range(2990):
        del queue[number]
    put({}, {"a": 1}, {1: 2}, {"a": 1, 2: "b", None: ()}, {"nested": {"a": {"b": []}}}, deleted,
        many, queue, Dict(a=1), Dict(), {(1, 2): {3}, b"k": "v"})
    first, second, third, fourth = Plain(), Plain(), Plain(), Plain()
    first.x, first.y, first.z = 1, 2, 3
    second.z, second.x, second.y = "z", "x", "y"
    third.y = 1
    del third.y
    third.x, third.y = [1], [2]
    put(first.__dict__, second.__dict__, third.__dict__, vars(fourth))
    for number in range(40):
        setattr(fourth, f"name{number}", number)
    put(vars(fourth), first, second, third, fourth)


def sets():
    removed = set("abcdefghijklmnop")
    removed -= set("bdfh")
    put(set(), {1}, {1, 2, 3}, {"a", "b", "c", "d"}, frozenset(), frozenset([1, 2]), Set(), Set([1]),
        FrozenSet("xyz"), set(range(0, 900, 10)), {frozenset([1]), ()}, removed, {-1, -2},
        frozenset({"\xe9", None, 2.5}))


def recursive():
    inside = []
    inside.append(inside)
    pair = {"self": None}
    pair["self"] = pair
    mixed = [{"list": None}, ([],)]
    mixed[0]["list"] = mixed
    mixed[1][0].append(mixed[1])
    twice = [1]
    member = Plain()
    put(inside, pair, mixed, mixed[1], [twice, twice], [member, member])


def objects():
    module = types.ModuleType("made")
    filed = types.ModuleType("filed")
    filed.__file__ = "/somewhere/it's.py"
    put(int, type, object, str, Plain, Outer.Inner, OSError, KeyError, type(None), types.ModuleType,
        types.FunctionType, Outer.Inner(), Plain(), Slotted(), object(), function, function(),
        Outer.method, lambda: 0, generator_function, sys, os, json, types, math, module, filed,
        sys.modules["__main__"], Exception, bool, dict, random.Random)
    put(types.SimpleNamespace, types.MappingProxyType, types.MethodType)


for make in (singletons, integers, floats, complexes, texts, byte_strings, sequences, dicts, sets,
             recursive, objects, *library_zoo.ALL, *machinery_zoo.ALL, *attribute_zoo.ALL):
    make()
break_them = corrupt_zoo.prepare()
with open(OUT, "w", encoding="ascii") as file:
    json.dump({"exact": truth.EXACT, "named_in_files": truth.NAMED_IN_FILES,
               "attributes": truth.ATTRIBUTES, "broken": truth.BROKEN, "types": truth.TYPES}, file)
break_them()
os.abort()
