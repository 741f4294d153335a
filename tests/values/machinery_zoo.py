"""Values of the types Python itself is made of."""

import asyncio
import collections
import types
import weakref

from truth import KEPT, put, put_named_in_files, put_state, put_with


class Thing:
    def method(self):
        return lambda: self

    @staticmethod
    def static():
        pass

    @classmethod
    def cls(cls):
        pass

    @property
    def prop(self):
        pass

    __slots__ = ("__weakref__", "held")


def plain(a, b=2):
    return lambda: (a, b)


def functions():
    thing = Thing()
    inner = plain(1)
    put(plain, inner, thing.method, thing.method(), Thing.method, Thing.cls, Thing.static, thing.cls,
        Thing.__dict__["static"], Thing.__dict__["cls"], Thing.__dict__["prop"], plain.__code__,
        inner.__code__, compile("1\n", "it's.py", "eval"), types.MethodType(plain, [1]),
        types.MethodType(Thing, 3), staticmethod(len), classmethod(plain), [thing.method],
        inner.__closure__[0], types.CellType(), types.CellType("x"), types.CellType(Thing))
    put(len, print, abs, isinstance, sum)
    put_named_in_files([].append, "x".join, {}.get, dict.fromkeys, object.__new__)
    put(list.append, str.join, int.__repr__, object.__init__, Thing.held, Thing.__dict__["__weakref__"],
        types.FunctionType.__globals__, types.FunctionType.__code__, type.__dict__["__dict__"],
        dict.__dict__["fromkeys"], (1).__repr__, object().__str__, thing.__init__,
        collections.deque.append, float.real)
    put(memoryview(b"x"), memoryview(bytearray(3)))
    gone = memoryview(b"y")
    gone.release()
    put(gone)


def exceptions():
    class Own(ValueError):
        pass

    class Loud(Exception):
        def __str__(self):
            return "loud"

    put(ValueError(), ValueError("x"), ValueError("it's", 2), KeyError("k"), KeyError(("a",)),
        OSError(2, "No such file"), OSError(2, "No such file", "name"), FileNotFoundError(2, "a", "b"),
        Own("mine"), Loud(1), StopIteration(3), SystemExit(4), KeyboardInterrupt(), BaseException([1]),
        ExceptionGroup("several", [ValueError(1), Own(2)]), ImportError("no", name="a"),
        SyntaxError("bad", ("f.py", 1, 2, "text")), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "why"),
        BaseExceptionGroup("base", (KeyboardInterrupt(),)), AttributeError("a"), [ValueError([1])])
    noted = ValueError("noted")
    noted.add_note("a note")
    put_with(noted, __notes__=["a note"])
    inside = ValueError([])
    inside.args[0].append(1)
    put(inside)


def weak_references():
    held, dead = Thing(), Thing()
    reference = weakref.ref(dead)
    KEPT.append(held)
    put(weakref.ref(held), reference, weakref.ref(Thing), weakref.ref(plain))
    del dead
    put(reference)


def generator(count):
    for number in range(count):
        yield number
    yield from inner_generator()


def inner_generator():
    yield 1


async def coroutine():
    await asyncio.sleep(1)


async def async_generator():
    yield 1


def state_of(one, frame, state):
    lines = {} if frame is None else {"line": frame.f_lineno}
    put_state(one, state=state, **lines)


def generators():
    fresh, waiting, delegating, ended = (generator(2) for _ in range(4))
    next(waiting)
    for _ in range(3):
        next(delegating)
    list(ended)
    state_of(fresh, fresh.gi_frame, "created")
    state_of(waiting, waiting.gi_frame, "suspended")
    state_of(delegating, delegating.gi_frame, "suspended")
    state_of(ended, None, "finished")
    started, unstarted, closed = coroutine(), coroutine(), coroutine()
    closed.close()
    try:
        loop = asyncio.new_event_loop()
        loop.run_until_complete(asyncio.wait_for(started, 0))
    except (TimeoutError, asyncio.TimeoutError):
        pass
    waiting_in = types.coroutine(generator)(3)
    next(waiting_in)
    state_of(unstarted, unstarted.cr_frame, "created")
    state_of(closed, None, "finished")
    asynchronous, stepped = async_generator(), async_generator()
    try:
        stepped.asend(None).send(None)
    except StopIteration:
        pass
    state_of(asynchronous, asynchronous.ag_frame, "created")
    state_of(stepped, stepped.ag_frame, "suspended")
    expression = (number for number in [1, 2])
    state_of(expression, expression.gi_frame, "created")


ALL = (functions, exceptions, weak_references, generators)
