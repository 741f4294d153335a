"""One Lock each, known in every way a program may know one; the main thread holds them all.

options: quick
"""

import dataclasses
import threading
import time
from contextlib import ExitStack

import claims

in_module = threading.Lock()
in_list = [threading.Lock() for _ in range(5)]
in_dict = {"db": threading.Lock(), 7: threading.Lock()}


class Account:
    shared = threading.Lock()

    def __init__(self):
        self._lock = threading.Lock()

    def draw(self):
        with self._lock:
            print("never")

    @classmethod
    def audit(cls):
        with cls.shared:
            print("never")


@dataclasses.dataclass
class Order:
    guard: object

    def ship(self):
        with self.guard:
            print("never")


class Slotted:
    __slots__ = ("mutex",)

    def __init__(self):
        self.mutex = threading.Lock()

    def use(self):
        with self.mutex:
            print("never")


def use_local():
    mine = in_list[0]
    with mine:
        print("never")


def use_argument(passed):
    with passed:
        print("never")


def make_closure():
    enclosed = threading.Lock()

    def use_cell():
        with enclosed:
            print("never")
    return use_cell, enclosed


def use_global():
    with in_module:
        print("never")


def use_element():
    with in_list[3]:
        print("never")


def use_key():
    with in_dict["db"]:
        print("never")


account = Account()
order = Order(threading.Lock())
slotted = Slotted()
use_cell, enclosed_lock = make_closure()
only_passed = threading.Lock()

with ExitStack() as held:
    for name, work, lock, names in (
            ("local", use_local, in_list[0], ["mine", "in_list[0]"]),
            ("argument", lambda: use_argument(only_passed), only_passed, ["passed", "only_passed"]),
            ("closure", use_cell, enclosed_lock, ["enclosed", "enclosed_lock"]),
            ("global", use_global, in_module, ["in_module"]),
            ("element", use_element, in_list[3], ["in_list[3]"]),
            ("key", use_key, in_dict["db"], ["in_dict['db']"]),
            ("attribute", account.draw, account._lock, ["_lock"]),
            ("class", Account.audit, Account.shared, ["shared"]),
            ("dataclass", order.ship, order.guard, ["guard"]),
            ("slots", slotted.use, slotted.mutex, ["mutex"])):
        held.enter_context(lock)
        claims.start(name, work)
        claims.waits(name, "lock", lock, names=names)
        claims.holds("MainThread", lock, sure=None)
    del lock, work, names
    claims.tell()
    time.sleep(3600)
