"""Calls the warmed-up interpreter makes without a C call: `__init__`, `__getitem__`, property,
generator in a `for`, `send`. Some need helper frames that CPython never shows."""

import ctypes

from truth import tell

strlen = ctypes.CDLL(None).strlen
ROUNDS = 200


class Table:
    def __init__(self):
        self.round = 0

    def __getitem__(self, at):
        return self.limit

    @property
    def limit(self):
        return self.hidden

    def __getattribute__(self, name):
        if name == "hidden":
            return visit(table)
        return object.__getattribute__(self, name)


def visit(table):
    table.round += 1
    return (tell(), strlen(1)) if table.round == ROUNDS else 0


class Row:
    def __init__(self, table, at):
        self.value = table[at]


class Derived(Row):
    def __init__(self, table, at):
        super().__init__(table, at)


def rows(table):
    for at in range(ROUNDS):
        yield Derived(table, at)


def delegate(table):
    yield from rows(table)


async def step(row):
    return row.value


async def total(table):
    result = 0
    for row in delegate(table):
        result += await step(row)
    return result


table = Table()
total(table).send(None)
