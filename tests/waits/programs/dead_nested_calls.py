"""Each second lock is taken three calls, a list comprehension and a decorator further in."""

import functools
import threading
import time

import claims

books = threading.Lock()
readers = threading.Lock()
both = threading.Barrier(2)


def locked(lock):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*arguments):
            with lock:
                return function(*arguments)
        return wrapper
    return decorate


@locked(books)
def lend():
    both.wait()
    return [note(number) for number in range(3)]


def note(number):
    return max((number,), key=entry)


def entry(number):
    with readers:
        return number


@locked(readers)
def admit():
    both.wait()
    return list(map(look, range(3)))


@locked(books)
def look(number):
    return number


claims.start("lend", lend)
claims.start("admit", admit)
claims.holds("lend", books)
claims.holds("admit", readers)
claims.waits("lend", "lock", readers, names=["readers"])
claims.waits("admit", "lock", books, names=["books", "lock"])
claims.deadlock("lend", "admit", kinds=["lock"], sure=True)
claims.hint("lock-cycle")
claims.tell()
time.sleep(3600)
