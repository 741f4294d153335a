"""Python and C in turn: comprehension, sorted key, functools, and qsort calling back."""

import ctypes
import functools

from truth import tell

libc = ctypes.CDLL(None)
Compare = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int)
)


def compare(left, right):
    if left[0] > right[0]:
        (tell(), libc.strlen(left[0]))
    return left[0] - right[0]


def sort_in_c(values):
    array = (ctypes.c_int * len(values))(*values)
    libc.qsort(array, len(values), ctypes.sizeof(ctypes.c_int), Compare(compare))
    return list(array)


@functools.lru_cache
def weight(name):
    return sort_in_c([len(name), 2, 1])[0]


def add(total, name):
    return total + weight(name)


def rank(names):
    return sorted(names, key=lambda name: functools.reduce(add, [name, "x"], 0))


def table(groups):
    return {
        key: [row for row in rank(names)] for key, names in groups.items()
    }


print(
    list(
        map(
            functools.partial(table),
            [{"first": ["pear", "fig"]}, {"second": ["kiwi"]}],
        )
    )
)
