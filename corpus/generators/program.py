"""A crash at the end of a chain of generators, `yield from`, coroutines and async generators."""

import ctypes

from truth import tell

strlen = ctypes.CDLL(None).strlen


def leaf(values):
    for value in values:
        yield value
        tell(), strlen(value)


def middle(values):
    yield from leaf(values)


class Reader:
    def rows(self):
        yield from middle([1, 2, 3])

    async def fetch(self):
        return sum(value * 2 for value in self.rows())


async def pages(reader):
    yield 0
    yield await reader.fetch()


async def collect():
    suspended = leaf([7, 8])
    next(suspended)
    return [page async for page in pages(Reader())]


def drive(coroutine):
    while True:
        coroutine.send(None)


drive(collect())
