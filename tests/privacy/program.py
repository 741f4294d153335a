"""Holds a secret in every place that a report may show, and what is private but no secret; dies.

usage: program.py --password SECRET --note=SECRET PLAIN
"""

import collections
import dataclasses
import linecache
import os
import sys
import threading
import types

SECRET, PLAIN = sys.argv[2], sys.argv[4]
KEY = "AKIA" + SECRET.upper()[-16:]


@dataclasses.dataclass
class Login:
    user: str
    password: str


Pair = collections.namedtuple("Pair", "user token")


class Client:
    def __init__(self, secret):
        self.name = "client"
        self.api_key = secret
        self.headers = {"Authorization": "Bearer " + secret, "Accept": "*/*"}


class Slotted:
    __slots__ = ("credential",)

    def __init__(self, secret):
        self.credential = secret


def connect(url, password, *rest, **options):
    client, slotted = Client(password), Slotted(password)
    login, pair = Login("bob", password), Pair("bob", password)
    space = types.SimpleNamespace(cookie=password)
    nested = [{"a": {"session_token": password, "deep": [{"passwd": password.encode()}]}}]
    numbers = {"private_number": 4711471147114711}
    unnamed = password
    joined = f"url?x=1&y={password}"
    raw, array = password.encode(), bytearray(password.encode())
    key = KEY
    pem = "-----BEGIN PRIVATE KEY-----\n" + password + "\n-----END PRIVATE KEY-----\n"
    plain = PLAIN
    try:
        raise ValueError("cannot log in with " + password + " and " + PLAIN)
    except ValueError as error:
        error.add_note("tried " + password + " and " + PLAIN)
        code = f"def typed(end):\n    return end() or '{password} {PLAIN}'\n"
        linecache.cache["<typed>"] = (len(code), None, code.splitlines(True), "<typed>")
        names = {}
        exec(compile(code, "<typed>", "exec"), names)
        names["typed"](os.abort)


url = "postgres://bob:" + SECRET + "@db/x"
thread = threading.Thread(target=connect, args=(url, SECRET, SECRET), kwargs={"auth": SECRET},
                          name="for " + SECRET)
thread.start()
thread.join()
