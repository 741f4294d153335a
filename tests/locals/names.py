"""Names of every kind in frames of every kind, down to one that aborts."""

import asyncio
import os
import threading
import time

from truth import tell


class Shop:
    name = "corner"
    __hidden = 1

    def __init__(self, **options):
        self.options = options
        self.items = ["nail", "screw"]

    def sell(self, item, /, count, *rest, price=3, currency: str, **details):
        __mangled = count
        total = sum(price for _ in range(count))
        return order(self, item, {"total": total})


class Slotted:
    __slots__ = ("left", "right")


def order(shop, item, facts):
    captured = [item]
    shared = 7

    def inner(argument, shared_argument):
        nonlocal shared
        shared += 1
        late = lambda: (shared_argument, not_yet)
        own = captured
        rebound = argument
        rebound = None
        gone = 1
        del gone
        if facts is None:
            never = 1
        not_yet_used = late
        return comprehend(own, shared_argument, late)
        not_yet = 1

    return inner(1.5, shared_argument="ä€𝄞")


def comprehend(own, text, late):
    outer = 5
    letters = [str(ord(letter)) for letter in text]
    table = {key: [fail(value, key) for value in own] for key in letters}
    return table


def fail(value, key):
    try:
        raise KeyError(value)
    except KeyError as error:
        pass
    return many(*range(40), **{f"key_{i}": i for i in range(20)})


exec("def many(" + ", ".join(f"a{i}" for i in range(40)) + ", **rest):\n"
     + "".join(f"    v{i} = a{i % 40} * {i}\n" for i in range(300)) + "    return generate(rest)\n")


def generate(rest):
    return [one for one in numbers(3)]


def numbers(count):
    größe = yield_from(count)
    for index in range(count):
        yield next(größe)


def yield_from(count):
    sent = yield from deeper(count)


def deeper(count):
    yield asyncio.run(main(count))


async def main(count):
    async def child(cell=count):
        await asyncio.sleep(0)
        return build(cell, count)

    task_result = await child()


def build(cell, count):
    class Body:
        inside = cell
        table = [number * count for number in range(2)]
        __slots__ = ()
        result = finish(cell, inside)

    return Body


def finish(cell, inside, default=Slotted()):
    default.left = 1
    big, small, text, none = 2 ** 200, -1, "it's \x00\udc80", None
    nested = {"list": [1, (2.5,), {3}], b"bytes": bytearray(b"x"), None: ...}
    nested["self"] = nested
    module, function, kind, method = os, finish, Shop, Shop().sell
    return tell(), os.abort()


def wait(event, number, /, *, note="waiting"):
    local = [number] * number
    event.set()
    time.sleep(3600)


for number in range(3):
    ready = threading.Event()
    threading.Thread(target=wait, args=(ready, number), daemon=True).start()
    ready.wait()
time.sleep(0.1)
Shop(open=True).sell("nail", 2, "extra", currency="EUR", colour="grey")
