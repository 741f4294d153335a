"""Frames whose variables are values of every kind, then an abort."""

import array
import collections
import datetime
import decimal
import fractions
import functools
import os
import pathlib
import threading
import time
import types
import uuid
import weakref

import account
from animals import (Color, Count, Fixed, Inline, Items, Level, Loud, Mixed, Mode, Order, OwnError,
                     Pair, Plain, Point, Slotted, Table)
from truth import tell


def numbers():
    none, yes, no, dots, missing = None, True, False, ..., NotImplemented
    zero, small, negative, digit, two_digits = 0, 7, -1, 2**29, 2**45 + 3
    big, bigger, huge = -10**40, 7**900, 2**4000 + 1
    half, tiny, large, nan, infinite = 0.5, 5e-324, 1.5e300, float("nan"), float("-inf")
    number, own = complex(-0.0, 2.5), Count(2**70)
    return texts()


def texts():
    empty, letter, word, quoted = "", "a", "word", "it's \"quoted\" \\ \n\x00"
    latin, wide, astral, lone = "caf\xe9", "\u20ac 5", "\U0001f600!", "x\udc80"
    long, long_wide = "0123456789" * 300, "\u0394" * 1500
    data, changed, view = bytes(range(256)), bytearray(b"changed"), memoryview(b"viewed")
    cut = "cut " * 5000
    return sequences()


def sequences():
    empty, single, nested = (), (1,), ((1, "two"), [3.0, (None,)])
    items, many, own = [1, "two", [3]], list(range(500)), Items([1, 2])
    span, piece = range(3, 90, 4), slice(1, None, 2)
    inside = [1]
    inside.append(inside)
    deep = []
    for level in range(12):
        deep = [level, deep]
    shared = [items, items, (items,)]
    line = collections.deque([1, "two", [3]], maxlen=10)
    rotated = collections.deque(range(150))
    rotated.rotate(40)
    chained = collections.deque()
    chained.append(chained)
    packed = array.array("d", [0.5, 1e100])
    return mappings()


def mappings():
    empty, table = {}, {"a": 1, 2: [3], (4, 5): {"six": {7}}, None: ...}
    general = {number: str(number) for number in range(150)}
    removed = {key: key for key in "abcdefgh"}
    del removed["c"], removed["a"]
    removed["a"] = "again"
    loop = {"name": "loop"}
    loop["self"] = loop
    own = Table(a=1)
    ordered = collections.OrderedDict((key, ord(key)) for key in "xyz")
    ordered.move_to_end("x")
    counted = collections.Counter("abracadabra")
    default = collections.defaultdict(list, {"a": [1]})
    proxy = types.MappingProxyType(table)
    keys, values, pairs = table.keys(), table.values(), ordered.items()
    members, numbers_in, frozen = {"a", 1, (2,)}, set(range(40)), frozenset({"f", frozenset()})
    without = set("abcdefghijklmnop") - set("bdfh")
    return records()


def records():
    point, pair, nested = Point(1), Pair([1], {"b": 2}), Point(Point(1, 2), Pair(3, 4))
    order, fixed, orders = Order("it's"), Fixed(1, Fixed(2)), [Order("a", 2.5, ["t"])]
    loop = Order("loop")
    loop.tags.append(loop)
    red, level, mode, both = Color.RED, Level.HIGH, Mode.READ, Mode.READ | Mode.RUN
    space = types.SimpleNamespace(a=1, b=[2])
    space.me = space
    return instances()


def instances():
    plain, inline, bare = Plain(a=1, b=[2], c={"d": 3}), Inline(1, [2]), Plain()
    crowded = Plain(**{f"name_{number}": number for number in range(40)})
    slotted, mixed = Slotted(), Mixed()
    slotted.left, mixed.left, mixed.more, mixed.free = plain, 1, [2], {"three": 3}
    knot = Inline(None, [])
    knot.x = knot
    knot.y.append(knot)
    loud = Loud()
    loud.said = ["nothing"]
    thing = object()
    return library()


def library():
    day, noon = datetime.date(2024, 2, 29), datetime.time(12, 0, 1, 5)
    west = datetime.timezone(datetime.timedelta(hours=-5), "west")
    moment = datetime.datetime(2024, 2, 29, 12, 30, 0, 5, west)
    span = datetime.timedelta(days=-3, microseconds=7)
    price, exact, none = decimal.Decimal("12.50"), decimal.Decimal("1" * 60), decimal.Decimal("NaN")
    third, ident = fractions.Fraction(1, 3), uuid.UUID(int=2**120 + 5)
    path, other = pathlib.PurePosixPath("/a", "b.txt"), pathlib.PureWindowsPath("c:\\d")
    free, held, again = threading.Lock(), threading.Lock(), threading.RLock()
    held.acquire()
    again.acquire()
    return machinery()


def counter(limit):
    for number in range(limit):
        yield number


@types.coroutine
def pause():
    yield "paused"


async def waits(value):
    await pause()
    return value


async def streams():
    yield 1


def machinery():
    function, lambda_, built_in, method = counter, lambda one: (one, function), len, Plain().method
    kind, module, own_kind, error_kind = dict, os, Plain, OSError
    fresh, advanced, done = counter(3), counter(3), counter(0)
    next(advanced)
    list(done)
    created, suspended, stream = waits(1), waits([2]), streams()
    suspended.send(None)
    target, gone = Slotted(), Slotted()
    reference, dead = weakref.ref(target), weakref.ref(gone)
    del gone
    bound = functools.partial(counter, 3)
    code, cell = counter.__code__, types.CellType([1])
    return closures(1, [2], "three", limit=4, more=5)


def closures(first, /, second, *rest, limit, **options):
    shared, captured = [first], {"second": second}

    def inside(argument):
        nonlocal shared
        shared = [argument, shared]
        return group(captured)

    return inside(limit)


def group(captured):
    try:
        raise ExceptionGroup("several", [OwnError("one", captured, code=1), KeyError("two")])
    except* OwnError as taken:
        chain(taken)


def chain(error):
    try:
        try:
            {}["missing"]
        except KeyError as missing:
            raise OwnError("not there", [1, 2], code=404) from missing
    except OwnError as raised:
        raised.add_note("a note")
        try:
            open("/none/such")
        except OSError as failed:
            return generate(raised, failed)


def generate(*errors):
    def steps(count):
        yield sum(one for one in ends(count))

    return next(steps(len(errors)))


def ends(count):
    letters = {"count": count}
    yield account.tell(), tell(), os.abort()


def wait(started, number, /, *names, note="waiting"):
    local = {"number": [number] * 3, "names": names}
    started.set()
    time.sleep(3600)


started = threading.Event()
threading.Thread(target=wait, args=(started, 2, "a", "b"), name="waiter", daemon=True).start()
started.wait()
time.sleep(0.1)
numbers()
