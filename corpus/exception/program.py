"""A crash while exceptions are on their way: handled, chained, and passing through `__exit__`."""

import ctypes

from truth import tell

strlen = ctypes.CDLL(None).strlen


class Transaction:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        self.roll_back(error)

    def roll_back(self, error):
        try:
            raise RuntimeError("roll back failed") from error
        except RuntimeError as failure:
            note(failure)


def note(failure):
    text = str(failure)
    tell(), strlen(len(text))


def look_up(key):
    try:
        return {}[key]
    except KeyError:
        raise ValueError(f"no account {key!r}")


def pay(key):
    with Transaction():
        look_up(key)


def main():
    try:
        pay("alice")
    finally:
        print("never")


main()
