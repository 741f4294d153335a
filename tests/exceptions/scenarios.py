# The functions scenario_* each end the process inside of some exceptions, after it wrote down what
# Python says about them.

import ctypes
import json
import os
import sys
import threading
import traceback

told = {"objects": {}, "threads": []}


def name_of(type_):
    module = type_.__module__
    return type_.__qualname__ if module == "builtins" else f"{module}.{type_.__qualname__}"


def is_plain(value):
    """Whether what `value` prints as is known without running Python."""
    if type(value) in (list, tuple):
        return all(map(is_plain, value))
    return type(value) in (str, int, float, bool, bytes, dict, type(None), type)


def message_of(exception):
    try:
        return str(exception)
    except Exception:
        return None


def entries_of(tb):
    entries = []
    while tb is not None:
        code = tb.tb_frame.f_code
        positions = list(code.co_positions())[tb.tb_lasti // 2]
        line = positions[0] if positions[0] is not None else tb.tb_lineno
        entries.append([code.co_filename, line, *positions[1:], code.co_name, code.co_qualname])
        tb = tb.tb_next
    return entries


def address_of(exception):
    return exception and hex(id(exception))


def notes_of(exception):
    notes = getattr(exception, "__notes__", None)
    if notes is None:
        return []
    return [str(note) for note in notes] if isinstance(notes, (list, tuple)) else [repr(notes)]


def describe(exception, tb):
    builtin_str = type(exception).__str__ in [getattr(base, "__str__") for base in
                                              type(exception).__mro__
                                              if base.__module__ == "builtins"]
    is_group = isinstance(exception, BaseExceptionGroup)
    members = exception.exceptions if is_group else None
    return {
        "type": name_of(type(exception)),
        "message": message_of(exception),
        "may_be_uncertain": not builtin_str or not all(map(is_plain, exception.args)),
        "traceback": entries_of(tb),
        "cause": address_of(exception.__cause__),
        "context": address_of(exception.__context__),
        "suppress_context": exception.__suppress_context__,
        "notes": notes_of(exception),
        "exceptions": members and list(map(address_of, members)),
    }


def tell_objects(exception, tb=None, key=None):
    found = told["objects"]
    waiting = [(exception, tb or exception.__traceback__, key or address_of(exception))]
    while waiting:
        exception, tb, key = waiting.pop()
        if key in found:
            continue
        found[key] = describe(exception, tb)
        others = [exception.__cause__, exception.__context__,
                  *(getattr(exception, "exceptions", None) or [])]
        waiting += [(one, one.__traceback__, address_of(one)) for one in others
                    if isinstance(one, BaseException)]


def tell(exceptions):
    """Of this thread: what it handles, innermost first."""
    for exception in exceptions:
        tell_objects(exception)
    told["threads"].append({
        "ident": hex(threading.get_ident()),
        "where": "being_handled",
        "exceptions": list(map(address_of, exceptions)),
        "texts": ["".join(traceback.format_exception(one)) for one in exceptions],
    })


def write_down():
    with open(sys.argv[2] + "~", "w", encoding="ascii") as out:
        json.dump(told, out)
    os.rename(sys.argv[2] + "~", sys.argv[2])


def die(*exceptions):
    tell(exceptions)
    write_down()
    os.abort()


# --- raised -------------------------------------------------------------------------------------

def address_in_libc(name):
    return ctypes.cast(getattr(ctypes.CDLL(None), name), ctypes.c_void_p).value


def capsule(destructor):
    """An object whose end calls C while an exception is on its way."""
    make = ctypes.pythonapi.PyCapsule_New
    make.restype = ctypes.py_object
    make.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
    return make(1, None, destructor)


def fail(destructor, make):
    return (capsule(destructor), make())


def die_raising(make):
    """A rehearsal that goes well tells what will be raised; its object is another one."""
    try:
        fail(address_in_libc("getpid"), make)
    except BaseException as error:
        tb = error.__traceback__.tb_next
        tell_objects(error, tb, "raised")
        handled = error.__context__
        told["threads"].append({
            "ident": hex(threading.get_ident()),
            "where": "raised",
            "exceptions": ["raised"] + ([address_of(handled)] if handled else []),
            "texts": ["".join(traceback.format_exception(type(error), error, tb))],
        })
        write_down()
    fail(address_in_libc("abort"), make)


class Late(Exception):
    pass


def raise_late():
    raise Late("too late", 3)


def scenario_raised_by_python():
    die_raising(raise_late)


def scenario_raised_key():
    die_raising(lambda: {}["it's"])


def scenario_raised_tuple_key():
    die_raising(lambda: {}[(1, "a")])


def scenario_raised_index():
    die_raising(lambda: [][1])


def scenario_raised_without_value():
    die_raising(lambda: next(iter(())))


def scenario_raised_file():
    die_raising(lambda: open("/nonexistent/file"))


def scenario_raised_syntax():
    die_raising(lambda: compile("x = (1,\n", "some/file.py", "exec"))


def scenario_raised_attribute():
    die_raising(lambda: (1).zzqx)


def scenario_raised_unicode():
    die_raising(lambda: b"a\xff".decode())


def scenario_raised_while_handling():
    try:
        raise ValueError("outside")
    except ValueError:
        die_raising(raise_late)


# --- handled ------------------------------------------------------------------------------------

def scenario_simple():
    try:
        raise ValueError("simple")
    except ValueError as error:
        die(error)


def scenario_finally():
    try:
        int("x")
    finally:
        die(sys.exc_info()[1])


def scenario_exit():
    class Manager:
        def __enter__(self):
            return self

        def __exit__(self, type_, value, tb):
            die(value)

    with Manager():
        raise_late()


def scenario_cause():
    try:
        try:
            {}["missing"]
        except KeyError as error:
            raise Late("explicit") from error
    except Late as error:
        die(error)


def scenario_other_cause():
    try:
        try:
            {}["missing"]
        except KeyError:
            raise Late("explicit") from OSError(5, "never raised")
    except Late as error:
        die(error)


def scenario_context():
    try:
        try:
            {}["missing"]
        except KeyError:
            raise_late()
    except Late as error:
        die(error)


def scenario_from_none():
    try:
        try:
            {}["missing"]
        except KeyError:
            raise Late("hidden") from None
    except Late as error:
        die(error)


def scenario_nested():
    def third():
        try:
            raise KeyError("third")
        except KeyError as error:
            die(error)

    def second():
        try:
            raise TypeError("second")
        except TypeError:
            third()

    try:
        raise ValueError("first")
    except ValueError:
        second()


def scenario_generator():
    def generator(outside):
        try:
            raise KeyError("in the generator")
        except KeyError as error:
            yield die(error, outside)

    try:
        raise ValueError("outside")
    except ValueError as error:
        next(generator(error))


def scenario_unrelated_generator():
    def generator():
        try:
            raise KeyError("in the generator")
        except KeyError as error:
            outside = yield
            die(error, outside)

    running = generator()
    next(running)
    try:
        raise ValueError("outside")
    except ValueError as error:
        running.send(error)


def scenario_suspended_generator():
    def generator():
        try:
            raise KeyError("not in sight")
        except KeyError:
            yield

    running = generator()
    next(running)
    try:
        raise ValueError("outside")
    except ValueError as error:
        die(error)


def scenario_coroutine():
    async def inner(*outside):
        try:
            raise KeyError("inner")
        except KeyError as error:
            die(error, *outside)

    async def outer(outside):
        try:
            raise TypeError("outer")
        except TypeError as error:
            await inner(error, outside)

    try:
        raise ValueError("outside")
    except ValueError as error:
        outer(error).send(None)


def scenario_async_generator():
    import asyncio

    async def numbers():
        try:
            raise KeyError("in the async generator")
        except KeyError as error:
            die(error)
            yield 1

    async def main():
        async for _ in numbers():
            pass

    asyncio.run(main())


def scenario_notes():
    try:
        try:
            raise ValueError("with notes")
        except ValueError as error:
            error.add_note("first")
            error.add_note("second\nof two lines")
            error.add_note("")
            raise
    except ValueError as error:
        other = Late("and a tuple of them")
        other.__notes__ = ("text", 3, None, [1, "a"])
        other.__cause__ = error
        die_handling(other)


def scenario_notes_of_no_kind():
    error = ValueError("its notes are a number")
    error.__notes__ = 5
    die_handling(error)


def die_handling(error):
    try:
        raise error
    except BaseException as caught:
        die(caught)


def scenario_group():
    def fail_with(error, cause=None):
        try:
            raise error from cause
        except BaseException as caught:
            return caught

    inner = ExceptionGroup("inner", [fail_with(KeyError("k")), fail_with(Late(1, 2)),
                                     ExceptionGroup("innermost", [fail_with(OSError(2, "no"))])])
    inner.add_note("a note of a group")
    try:
        try:
            raise ValueError("before\nthe group")
        except ValueError as error:
            raise ExceptionGroup("outer", [fail_with(TypeError("t\nsecond line"), KeyError("c")),
                                           inner, error])
    except* ImportError:
        pass
    except* (OSError, TypeError):
        die(sys.exc_info()[1])


def scenario_group_from_none():
    errors = []
    try:
        for error in [ValueError("a"), KeyError("b")]:
            try:
                raise error
            except Exception as caught:
                errors.append(caught)
        try:
            raise errors[0]
        except ValueError:
            raise ExceptionGroup("of what it hides", errors) from None
    except ExceptionGroup as group:
        die(group)


def scenario_deep_groups():
    error = ValueError("in the middle")
    for depth in range(14):
        error = ExceptionGroup(f"group {depth}", [error])
    die_handling(error)


def scenario_same_member_twice():
    error = ValueError("twice")
    die_handling(ExceptionGroup("group", [error, error, Late()]))


def scenario_hostile_text():
    die_handling(ExceptionGroup("\x1b[31mgroup\x1b[0m", [
        ValueError("one\nWarnings:\n  none\n"), ValueError("\n"), ValueError("tab\there\x00"),
        ValueError("lone \udc80 surrogate"), ValueError("\u202eleft\u200b \U0001f600 é"),
        ValueError("x" * 10_000), ValueError(" leading"),
    ]))


def scenario_carriage_return():
    die_handling(ValueError("one\rtwo\x0b"))


def scenario_long_message():
    die_handling(ValueError("é" * 100_000))


class Base(Exception):
    class Inner(Exception):
        pass


class OwnText(Exception):
    def __str__(self):
        return "of its own"


class Inherits(OwnText, KeyError):
    pass


class Mixin:
    def __str__(self):
        return "mixed in"


class Mixed(Mixin, OSError):
    pass


class Number(int):
    def __repr__(self):
        return "a number"


class Text(str):
    pass


class OwnTextOfStr(str):
    def __str__(self):
        return "another"


class Broken(Exception):
    def __str__(self):
        raise TypeError("no text")


class Slots(Exception):
    __slots__ = ("place",)


def scenario_classes():
    class Local(Base.Inner):
        pass

    class Elsewhere(Exception):
        __module__ = "app.errors"

    class OfKeyError(KeyError):
        pass

    class OfOsError(FileNotFoundError):
        pass

    class Replaced(Exception):
        def __init__(self, *arguments):
            self.place = arguments

    die_handling(BaseExceptionGroup("classes", [
        Base("b"), Base.Inner(), Local("l"), Elsewhere("e"), OfKeyError("k"), OfOsError(2, "t", "f"),
        Replaced("r", 1), OwnText("argument"), Inherits("key"), Mixed(1, "text"), Slots("s"),
        ValueError(Number(3)), ValueError(Text("text")), ValueError(OwnTextOfStr("text")),
        ValueError(object()), ValueError([Base()]), Late(Base("nested")), Late(OwnText("nested")),
        RuntimeError(KeyError("nested")), Broken(), ValueError(Base), KeyError(ValueError(1)),
    ]))


def scenario_builtins():
    import decimal
    import json as json_module
    import struct
    import subprocess
    import zlib

    errors = [
        ValueError(), ValueError(""), ValueError(None), ValueError(1.5), ValueError([1, "a"]),
        ValueError({"a": (1,)}), ValueError(b"x"), ValueError(True), ValueError(int),
        ValueError("", ""), ValueError("a", 1, None), ValueError((1,)), ValueError(()),
        StopIteration(5), StopIteration(), SystemExit(3), SystemExit(), KeyboardInterrupt(),
        GeneratorExit(), StopAsyncIteration("s"), AssertionError("a"), MemoryError(),
        RuntimeError(ValueError("in")), ImportError("no", name="x", path="y"), ImportError(),
        ImportError("a", "b"), ImportError(3), ModuleNotFoundError("No module", name="zzqx"),
        AttributeError("x", name="zzqx", obj=1), NameError("name 'zzqx'", name="zzqx"),
        UnboundLocalError("u"), KeyError(), KeyError("a'b"), KeyError(1, 2), KeyError(("t",)),
        KeyError("\n"), KeyError(None), LookupError("l"), struct.error("s"), zlib.error("z"),
        json_module.JSONDecodeError("bad", "doc", 1), decimal.InvalidOperation([decimal.Overflow]),
        subprocess.CalledProcessError(1, "ls"), ZeroDivisionError("z"), DeprecationWarning("d"),
    ]
    die_handling(BaseExceptionGroup("builtins", errors))


def scenario_os_errors():
    import socket

    errors = [
        OSError(), OSError("x"), OSError(2, "text"), OSError(2, "text", "file"),
        OSError(2, "text", b"file"), OSError(2, "text", "a", None, "b'"), OSError("a", "b"),
        OSError(None, None), OSError(None, "t", "f"), OSError(1, "t", None), OSError(1, None),
        OSError(2, "t", "é\n"), OSError(2, "t", 7), FileNotFoundError(3), PermissionError(13, "p"),
        BlockingIOError(11, "b", 5), ConnectionResetError(104, "reset"), OSError(1, 2, 3, 4, 5, 6),
        socket.gaierror(-2, "Name or service not known"), socket.timeout("timed out"),
        TimeoutError(), IsADirectoryError(21, ("t",), "f"),
    ]
    for call in (lambda: open("/nonexistent"), lambda: os.rename("/nonexistent", "/tmp/x")):
        try:
            call()
        except OSError as error:
            errors.append(error)
    changed = OSError(2, "text", "file")
    changed.filename = "changed"
    changed.errno = 77
    errors.append(changed)
    die_handling(BaseExceptionGroup("os errors", errors))


def scenario_unicode_errors():
    errors = [UnicodeTranslateError("abc", 1, 2, "why"), UnicodeTranslateError("aé", 0, 2, "two"),
              UnicodeTranslateError("\u20ac", 0, 1, "wide"),
              UnicodeEncodeError("codec", "\xe9", 0, 1, "r"),
              UnicodeDecodeError("codec", bytearray(b"\x00"), 0, 1, "r")]
    for call in (lambda: b"a\xff".decode(), lambda: b"\xe2\x82".decode(),
                 lambda: "é".encode("ascii"), lambda: "a\U0001f600x".encode("ascii"),
                 lambda: "ab\ud800".encode(), lambda: "éè".encode("ascii"),
                 lambda: (b"a" * 5000 + b"\xff").decode("ascii")):
        try:
            call()
        except UnicodeError as error:
            errors.append(error)
    die_handling(BaseExceptionGroup("unicode errors", errors))


def scenario_syntax_errors():
    # Without an end the carets of 3.12 and those of 3.13 differ.
    errors = [SyntaxError(), SyntaxError("alone"), SyntaxError("m", ("f.py", 3, 2, "text\n", 3, 4)),
              SyntaxError("m", ("dir/f.py", None, None, None)), SyntaxError("m", (None, 4, 1, "é+é", 4, 2)),
              SyntaxError(None, ("f.py", 1, 3, "  a b\n", 1, 3)), IndentationError("i", ("f", 1, 9, "ab", 1, 10)),
              SyntaxError("m", ("f.py", 3, 0, "text", 3, 0)), SyntaxError("m", ("f.py", 3, None, "text"))]
    for source in ("f(\n", "1 +", "def f():\npass\n", "\tif 1:\n        x\n", "'abc", "x = 5 5"):
        try:
            compile(source, "dir/compiled.py", "exec")
        except SyntaxError as error:
            errors.append(error)
    die_handling(ExceptionGroup("syntax errors", errors))


def scenario_one_syntax_error():
    try:
        compile("if True:\n    print('a' 5)\n", "compiled.py", "exec")
    except SyntaxError as error:
        die(error)


def descend(depth):
    return descend(depth + 1)


def scenario_recursion():
    try:
        descend(0)
    except RecursionError as error:
        die(error)


def ping(depth):
    if depth == 0:
        raise Late("bottom")
    return pong(depth - 1) if depth % 2 else ping(depth - 1)


def pong(depth):
    return ping(depth)


def scenario_deep_traceback():
    try:
        ping(30)
    except Late as error:
        die(error)


def scenario_long_chain():
    last = None
    for number in range(200):
        error = ValueError(number)
        error.__context__ = last
        last = error
    die_handling(last)


def scenario_cycle():
    one, two, three = ValueError("one"), ValueError("two"), ValueError("three")
    one.__context__ = two
    two.__context__ = three
    three.__context__ = one
    die_handling(one)


def scenario_cause_cycle():
    one, two = ValueError("one"), ValueError("two")
    one.__cause__ = two
    two.__cause__ = one
    two.__context__ = one
    die_handling(one)


def scenario_other_thread():
    ready = threading.Event()

    def work():
        try:
            descend_and_raise()
        except Late as error:
            tell([error])
            ready.set()
            threading.Event().wait()

    def descend_and_raise():
        raise Late("in a thread")

    threading.Thread(target=work, daemon=True).start()
    ready.wait()
    try:
        raise ValueError("in the main thread")
    except ValueError as error:
        die(error)


def scenario_handler_is_over():
    try:
        raise ValueError("forgotten")
    except ValueError:
        pass
    tell([])
    write_down()
    os.abort()


def scenario_reraised():
    try:
        try:
            raise_late()
        except Late as error:
            raise error.with_traceback(None)
    except Late as error:
        die(error)
