"""A process that attacks whoever looks at its report: a terminal, a browser, an issue tracker, a log.

Names of functions, classes, files and threads, the name of the process, values, attributes, an
exception and its notes, names of locks that threads wait for.
"""

import ctypes
import threading
import time

from truth import tell

libc = ctypes.CDLL(None)
strlen = libc.strlen

HTML = "</script><img src=x onerror=alert(1)>\"><svg/onload=alert(2)>'`"
TERMINAL = "\x1b]0;title\x07\x1b[2J\x9b31m\x7f\r\n\x00\x85"
BIDI = "\u202eevil\u2066\u2069\u200f\ufeff\u2028\u2029"
MARKDOWN = "``` \n@everyone |a|b| [x](javascript:alert(3)) <!-- #1 "
SURROGATE = "\ud800 \udfff"
LOG = "\nNov 23 00:00:00 host kernel: all is well"
EVERYTHING = HTML + TERMINAL + BIDI + MARKDOWN + SURROGATE + LOG

locks = {HTML: threading.Lock(), TERMINAL + BIDI: threading.Lock()}


class Attack(Exception):
    pass


Attack.__name__ = Attack.__qualname__ = "Attack" + HTML
Attack.__module__ = "mod`ule" + MARKDOWN


def named(function, name, file):
    """The function under another name, from another file."""
    code = function.__code__.replace(co_name=name, co_qualname="Q." + name, co_filename=file)
    return type(function)(code, globals())


def wait_for(first, second):
    with locks[first]:
        time.sleep(0.2)
        with locks[second]:
            pass


def die(argument, text):
    big = EVERYTHING * 8000
    keys = {HTML: TERMINAL, BIDI: [MARKDOWN, SURROGATE], b"\x1b[31m\xff": LOG}
    thing = Attack()
    thing.note = EVERYTHING
    tell(), strlen(1)
    return big, keys, thing


def raising():
    try:
        error = Attack(EVERYTHING)
        error.add_note(HTML + TERMINAL)
        raise error
    except Attack:
        die_named(EVERYTHING, text=BIDI)


die_named = named(die, "die" + HTML + TERMINAL, "/corpus/hostile/" + HTML + ".py" + LOG)
wait_named = named(wait_for, BIDI + MARKDOWN, "javascript:alert(4)//" + TERMINAL)

libc.prctl(15, b"\x1b[31m<b>`", 0, 0, 0)
names = list(locks)
for number, pair in enumerate((names, names[::-1])):
    threading.Thread(target=wait_named, args=pair, name=f"{number}{HTML}", daemon=True).start()
# Of 3.14 on the kernel knows the first 15 bytes, which faulthandler has to be able to print.
threading.Thread(target=time.sleep, args=(3600,), name="\x1b]0;title\x07\x1b[2J!" + TERMINAL + BIDI + MARKDOWN,
                 daemon=True).start()
time.sleep(0.6)
raising()
