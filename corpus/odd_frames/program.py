"""Frames that are not plain functions: module level, class bodies, metaclass, decorator, exec."""

import ctypes

from truth import tell

strlen = ctypes.CDLL(None).strlen
crash = lambda address: (tell(), strlen(address))


class Column:
    def __init__(self, address):
        self.address = address

    def __set_name__(self, owner, name):
        print(self.size)

    @property
    def size(self):
        return self.not_there

    def __getattr__(self, name):
        return eval("crash(self.address)", {"crash": crash, "self": self})


class Meta(type):
    def __new__(cls, name, bases, namespace, **options):
        return super().__new__(cls, name, bases, namespace)


class Base:
    def __init_subclass__(cls, **options):
        class Row(metaclass=Meta):
            column = Column(1)


def decorate(argument):
    def wrap(function):
        def call(*args, **options):
            return function(*args, **options)

        return call

    return wrap


@decorate("once")
def build(base):
    class Table(base):
        class Part(base, kind="inner"):
            columns = [str(number) for number in range(2)]

    return Table


exec("def generated(base):\n    return build(base)\n\ngenerated(Base)\n")
