"""Values of the standard library's types."""

import array
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import pathlib
import random
import re
import threading
import types
import typing
import uuid
import zoneinfo

from truth import (EXACT, KEPT, TYPES, name_of, put, put_named_in_files, put_plain,
                   put_with)


class MyDeque(collections.deque):
    pass


class MyOrdered(collections.OrderedDict):
    pass


class MyDefault(collections.defaultdict):
    pass


class MyCounter(collections.Counter):
    pass


class OwnRepr(collections.deque):
    def __repr__(self):
        return "mine"


class InheritsOwnRepr(OwnRepr):
    pass


class OwnList(list):
    def __repr__(self):
        return "mine"


def deques():
    rotated = collections.deque(range(90))
    rotated.rotate(37)
    moved = collections.deque(range(90))
    for number in range(150):
        moved.popleft()
        moved.append(number)
    left = collections.deque()
    for number in range(95):
        left.appendleft(number)
    inside = collections.deque([1])
    inside.append(inside)
    inside.append([inside])
    bounded = collections.deque(range(500), maxlen=70)
    emptied = collections.deque("abc")
    emptied.clear()
    put(collections.deque(), collections.deque([1]), collections.deque("ab", 5),
        collections.deque([], 0), rotated, moved, left, inside, bounded, emptied,
        MyDeque([1, 2]), MyDeque([], 3), [collections.deque([(1,)])])
    for size in (63, 64, 65, 31, 32, 33, 99, 100):
        put(collections.deque(range(size)))
    put_plain(OwnRepr([1]))
    put_plain(InheritsOwnRepr([1]))
    put_plain(OwnList([1]))


def ordered_dicts():
    moved = collections.OrderedDict((key, ord(key)) for key in "abcdef")
    moved.move_to_end("b")
    moved.move_to_end("e", last=False)
    deleted = collections.OrderedDict((number, str(number)) for number in range(80))
    for number in range(0, 80, 3):
        del deleted[number]
    deleted[0] = "again"
    deleted.move_to_end(7)
    deleted.move_to_end(8, last=False)
    popped = collections.OrderedDict(a=1, b=2, c=3)
    popped.popitem(last=False)
    popped["a"] = "back"
    inside = collections.OrderedDict(a=1)
    inside["self"] = inside
    inside["list"] = [inside]
    mine = MyOrdered(x=1, y=[2])
    mine.move_to_end("x")
    changed = collections.OrderedDict(a=1, b=2)
    changed["a"] = "new"
    put(collections.OrderedDict(), collections.OrderedDict(a=1), moved, deleted, popped, inside,
        mine, MyOrdered(), changed, collections.OrderedDict({(1, 2): {}, None: 2.5}))
    for one in (moved, deleted, mine):
        put(one.keys(), one.values(), one.items())


def other_dicts():
    default = collections.defaultdict(list, a=[1], b=[])
    own = collections.defaultdict(lambda: 3)
    own[1], own["self"] = 2, own
    counted = collections.Counter("abracadabra")
    changed = collections.Counter(a=3, b=1, c=-2, d=7, e=0, f=10**17)
    unsortable = collections.Counter({"a": 1, "b": None, "c": 2})
    put(default, own, collections.defaultdict(None, {1: 2}), collections.defaultdict(int),
        MyDefault(set, x={1}), counted, changed, unsortable, collections.Counter(),
        MyCounter("aab"), collections.Counter({(1, 2): 5, None: 5, 3: 6}))
    plain = {"a": 1, (2,): [3]}
    recursive = {}
    recursive["view"] = recursive.values()
    put(plain.keys(), plain.values(), plain.items(), {}.keys(), {}.items(), recursive,
        recursive["view"], types.MappingProxyType(plain), types.MappingProxyType({}),
        types.MappingProxyType(collections.OrderedDict(a=1)), {"views": [plain.keys()]},
        collections.UserDict(a=1), collections.UserList([1, "b"]), collections.UserString("it's"),
        dict.fromkeys("abc").keys(), {number: number for number in range(100)}.items())


Point = collections.namedtuple("Point", "x y")
Empty = collections.namedtuple("Empty", "")
Renamed = collections.namedtuple("Renamed", "a def a", rename=True)


class Typed(typing.NamedTuple):
    name: str
    count: int = 3


class Derived(Point):
    __slots__ = ()


class Nested:
    class Pair(typing.NamedTuple):
        left: object
        right: object


def named_tuples():
    inside = Nested.Pair([], None)
    inside.left.append(inside)
    put(Point(1, 2), Point([1], "two"), Empty(), Renamed(1, 2, 3), Typed("it's"), Typed("n", 4),
        Derived(1, Point(2, 3)), Nested.Pair(1, (2,)), inside, [Point(1, 2)] * 3)


@dataclasses.dataclass
class Item:
    name: str
    price: float = 2.5
    tags: list = dataclasses.field(default_factory=list)
    hidden: int = dataclasses.field(default=7, repr=False)
    shared: typing.ClassVar[int] = 9
    given: dataclasses.InitVar[int] = 3


@dataclasses.dataclass(frozen=True, slots=True)
class Fixed:
    a: int
    b: object = None


@dataclasses.dataclass
class Child(Item):
    more: object = None


@dataclasses.dataclass(repr=False)
class Silent:
    a: int = 1


@dataclasses.dataclass
class Loud:
    a: int = 1

    def __repr__(self):
        return "LOUD"


@dataclasses.dataclass
class Bare:
    pass


@dataclasses.dataclass
class Calculated:
    a: int
    b: int = dataclasses.field(init=False, default=5)


class Undecorated(Fixed):
    pass


class Outside:
    @dataclasses.dataclass
    class Within:
        other: object = None


def data_classes():
    loop = Outside.Within()
    loop.other = [loop]
    child = Child("c", more=Fixed(1, Item("d")))
    child.tags.append(child)
    put(Item("it's"), Item("b", 1, ["x"], 8), Fixed(1), Fixed(2, Fixed(3)), child, Bare(), loop,
        Undecorated(1, 2), Outside.Within(Outside.Within()), Calculated(1), [Bare()])
    put_with(Silent(), a=1)
    put_plain(Loud(), a=1)


class Namespace(types.SimpleNamespace):
    pass


def namespaces():
    inside = types.SimpleNamespace(a=1)
    inside.me = inside
    inside.list = [inside]
    changed = types.SimpleNamespace(a=1, b=2, c=3)
    del changed.a
    changed.a = "again"
    odd = types.SimpleNamespace()
    odd.__dict__.update({"it's": 1, "": 2, "b c": 3})
    put(types.SimpleNamespace(), types.SimpleNamespace(a=1, b="two"), inside, changed, odd,
        Namespace(a=1), Namespace())


class Color(enum.Enum):
    RED = 1
    CRIMSON = 1
    BLUE = "it's"
    BOTH = (1, [2])


class Number(enum.IntEnum):
    ONE = 1
    TWO = 2


class Word(enum.StrEnum):
    HELLO = "hello"
    AUTO = enum.auto()


class Mode(enum.Flag):
    READ = 1
    WRITE = 2
    RUN = 4
    ALL = 7


class Bits(enum.IntFlag):
    A = 1
    B = 2


class Strict(enum.IntFlag, boundary=enum.KEEP):
    A = 1
    C = 4


class Mixed(float, enum.Enum):
    HALF = 0.5


class Loudly(enum.Enum):
    A = 1

    def __repr__(self):
        return "LOUD"


class Planet(enum.Enum):
    EARTH = (5.97, 6.37)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius


def enums():
    put(*Color, *Number, *Word, *Mode, *Mixed, *Planet, Color.CRIMSON, Mode(0), Mode.READ | Mode.RUN,
        ~Mode.READ, Bits.A | Bits.B, Bits(0), Bits.A | 8, Bits(16), Strict(5), Strict(7), Strict(8),
        Color, Number, Word, Mode, Bits, enum.Enum, enum.Flag, enum.EnumMeta, {Color.RED: Number.ONE},
        re.IGNORECASE, re.IGNORECASE | re.MULTILINE, re.RegexFlag(0), re.RegexFlag)
    KEPT.append(Loudly.A)
    put_plain(Loudly.A, _value_=1, _name_="A", __objclass__=Loudly, _sort_order_=0)


class MyDate(datetime.date):
    pass


class MyDateTime(datetime.datetime):
    pass


class MyZone(datetime.tzinfo):
    def utcoffset(self, when):
        return datetime.timedelta(0)


def dates():
    utc = datetime.timezone.utc
    west = datetime.timezone(datetime.timedelta(hours=-5), "it's west")
    east = datetime.timezone(datetime.timedelta(hours=5, minutes=45))
    paris = zoneinfo.ZoneInfo.no_cache("UTC") if "UTC" in zoneinfo.available_timezones() else utc
    date, time = datetime.date, datetime.time
    put(date(1, 1, 1), date(2024, 2, 29), date.max, MyDate(2020, 1, 2), time(0, 0), time(1, 2),
        time(1, 2, 3), time(1, 2, 0, 5), time(23, 59, 59, 999999), time(1, fold=1),
        time(1, 2, tzinfo=utc), time(1, 2, 3, fold=1, tzinfo=west))
    full = datetime.datetime
    put(full(2020, 1, 2), full(2020, 1, 2, 3, 4, 5), full(2020, 1, 2, 0, 0, 0, 7), full.max,
        full(2020, 1, 2, fold=1), full(2020, 1, 2, tzinfo=utc), MyDateTime(2020, 1, 2, 3),
        full(2020, 1, 2, 3, 4, 5, 6, east, fold=1), full(300, 12, 31, 23, 0, 1, tzinfo=west),
        full(2020, 1, 2, tzinfo=paris), paris)
    delta = datetime.timedelta
    put(delta(), delta(1), delta(-1), delta(0, 5), delta(0, 0, 6), delta(1, 2, 3), delta.min,
        delta.max, delta(seconds=-1), delta(hours=100, microseconds=1), utc, west, east,
        datetime.timezone(delta(0)), datetime.timezone.min, {date(2020, 1, 1): [delta(1)]},
        date, full, delta, datetime.timezone, datetime.tzinfo)
    zone = MyZone()
    put_with(zone)
    put(full(2020, 1, 2, tzinfo=zone))


class MyDecimal(decimal.Decimal):
    pass


def decimals():
    make = decimal.Decimal
    put(*map(make, ("0", "-0", "0.00", "1", "-1.5", "1E+3", "1E-7", "0.000001", "0.0000001", "123.4560",
                    "NaN", "-NaN", "NaN123", "sNaN", "sNaN5", "Infinity", "-Infinity", "1E+999999",
                    "-1E-999999", "0E+5", "0E-20", "1234567890123456789", "12345678901234567890",
                    "10000000000000000000", "0.1234567890123456789012345678901234567890",
                    "1" + "0" * 200, "9" * 400, "1e400", "-12.5e-12", "00012", "1.0E+2")))
    draw = random.Random(5)
    for _ in range(200):
        digits = "".join(draw.choice("0123456789") for _ in range(draw.randint(1, 60)))
        put(make(f"{draw.choice(('', '-'))}{digits}E{draw.randint(-70, 30)}"))
    put(MyDecimal("2.50"), make(1) / 3, make(2) ** 300, {make("1.5"): [make(2)]})
    fraction = fractions.Fraction
    put(fraction(1, 3), fraction(-7), fraction(10**30, 7), fraction("0.125"), [fraction(1)])


def identifiers():
    put(uuid.UUID(int=0), uuid.UUID(int=2**128 - 1), uuid.UUID("12345678-9abc-def0-1234-56789abcdef0"),
        uuid.uuid4(), uuid.UUID(int=1 << 64))


def shown(path):
    """With its text already asked for, or not: repr() asks for it."""
    put(path)
    return path


def paths():
    texts = ("", ".", "a", "/", "//", "///", "/a/b", "a/b/", "a//b/./c", "./a", "../a", "it's",
             "//a/b", "/a/../b", "caf\xe9/\u20ac")
    posix, windows = pathlib.PurePosixPath, pathlib.PureWindowsPath
    put(*map(posix, texts), *map(pathlib.Path, texts), posix("/a", "b", "/c", "d"),
        posix("/a") / "b" / "..", posix("/a/b.c").parent, posix("/a/b.c").with_suffix(".d"))
    put(windows(), windows("a\\b/c"), windows("C:\\a\\b"), windows("C:a"), windows("//host/share/a"),
        windows("C:\\") / "b")
    # Never asked for its text: repr() of one that is equal.
    for text in (*texts, "/a/b/../c//d/."):
        silent = pathlib.Path(text)
        KEPT.append(silent)
        EXACT[hex(id(silent))] = repr(pathlib.Path(text))
        TYPES[hex(id(silent))] = name_of(type(silent))
    for parts in (("a\\b/./c",), ("C:\\a\\\\b",), ("C:\\", "b", "c\\d"), ("a", "b")):
        silent = windows(*parts)
        KEPT.append(silent)
        EXACT[hex(id(silent))] = repr(windows(*parts))
        TYPES[hex(id(silent))] = name_of(type(silent))
    silent = posix("a", "b/", "/c", "d//e")
    KEPT.append(silent)
    EXACT[hex(id(silent))] = repr(posix("a", "b/", "/c", "d//e"))
    TYPES[hex(id(silent))] = name_of(type(silent))


class MyArray(array.array):
    pass


def arrays():
    # What their items are is said in constant data.
    for code in "bBhHiIlLqQfd":
        put_named_in_files(array.array(code), array.array(code, [1, 2, 100]))
    put_named_in_files(array.array("b", [-128, 127]), array.array("q", [-2**63, 2**63 - 1]),
        array.array("Q", [2**64 - 1]), array.array("d", [0.1, float("inf"), 1e100, float("nan")]),
        array.array("f", [0.1, 1.5]), array.array("u", "it's \u20ac\U0001f600"), array.array("u"),
        MyArray("i", [1]), array.array("h", range(100)), array.array("L", [0]))


def locks():
    lock, taken = threading.Lock(), threading.Lock()
    taken.acquire()
    free, once, twice = threading.RLock(), threading.RLock(), threading.RLock()
    once.acquire()
    twice.acquire()
    twice.acquire()
    released = threading.RLock()
    released.acquire()
    released.release()
    put(lock, taken, free, once, twice, released, [taken])
    done, event = threading.Event(), threading.Event()
    event.set()
    condition = threading.Condition()
    with condition:
        put(condition)
    locked = threading.Condition(taken)
    broken = threading.Barrier(3)
    broken.abort()
    KEPT.append(condition)
    EXACT[hex(id(condition))] = repr(condition)
    put(done, event, locked, threading.Semaphore(), threading.Semaphore(0),
        threading.BoundedSemaphore(3), threading.Barrier(2), broken)


class Worker(threading.Thread):
    pass


def threads():
    stop = threading.Event()
    ended = threading.Thread(target=int, name="it's over")
    ended.start()
    ended.join()
    fresh = threading.Thread(name="fresh", daemon=True)
    running = Worker(target=stop.wait, name="running")
    quiet = threading.Thread(target=stop.wait, name="quiet", daemon=True)
    timer = threading.Timer(1000, int)
    timer.daemon = True
    for one in (running, quiet, timer):
        one.start()
    KEPT.append(stop)
    put(threading.main_thread(), ended, fresh, running, quiet, timer, threading.Timer(1, int),
        {"thread": running})


def partials():
    inside = functools.partial(print, 1)
    put(functools.partial(deques), functools.partial(deques, 1, "b", c=[3]), inside,
        functools.partial(inside, 2, sep=""), functools.partial(Point, y=1))


ALL = (deques, ordered_dicts, other_dicts, named_tuples, data_classes, namespaces, enums, dates,
       decimals, identifiers, paths, arrays, locks, threads, partials)
