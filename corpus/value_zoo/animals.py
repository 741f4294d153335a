"""The classes of this program's values."""

import collections
import dataclasses
import enum
import typing


class Plain:
    def __init__(self, **attributes):
        self.__dict__.update(attributes)

    def method(self):
        return self


class Inline:
    """Its attributes are set one by one: an instance without a dict of its own."""

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Slotted:
    __slots__ = ("left", "right", "__weakref__")


class Mixed(Slotted):
    __slots__ = ("more", "__dict__")


class Loud:
    def __repr__(self):
        return "LOUD"


class Items(list):
    pass


class Table(dict):
    pass


class Count(int):
    pass


class Point(typing.NamedTuple):
    x: object
    y: object = None


Pair = collections.namedtuple("Pair", "left right")


class Color(enum.Enum):
    RED = 1
    BLUE = "blue"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 5


class Mode(enum.Flag):
    READ = 1
    WRITE = 2
    RUN = 4


@dataclasses.dataclass
class Order:
    name: str
    amount: object = 1
    tags: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True)
class Fixed:
    a: object
    b: object = None


class OwnError(ValueError):
    def __init__(self, *arguments, code):
        super().__init__(*arguments)
        self.code = code
