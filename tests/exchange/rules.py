"""Words for rules of JSON documents: a rule is a function that raises Broken where a value is not
as the format wants it."""

import re


class Broken(Exception):
    """What is wrong, and where: "stacktrace[0].frames[3].address: -1 is less than 0"."""


def text(pattern=None, most=None, least=0):
    compiled = re.compile(pattern) if pattern else None

    def rule(value, where):
        if not isinstance(value, str):
            raise Broken(f"{where}: {value!r} is no text")
        if most is not None and len(value) > most or len(value) < least:
            raise Broken(f"{where}: {len(value)} characters")
        if compiled and not compiled.search(value):
            raise Broken(f"{where}: {value!r} does not match {pattern}")
    return rule


def number(least=None, most=None):
    def rule(value, where):
        if not isinstance(value, int) or isinstance(value, bool):
            raise Broken(f"{where}: {value!r} is no integer")
        if least is not None and value < least:
            raise Broken(f"{where}: {value} is less than {least}")
        if most is not None and value > most:
            raise Broken(f"{where}: {value} is more than {most}")
    return rule


def boolean(value, where):
    if not isinstance(value, bool):
        raise Broken(f"{where}: {value!r} is neither true nor false")


def exactly(*allowed):
    def rule(value, where):
        if not any(value == one and type(value) is type(one) for one in allowed):
            raise Broken(f"{where}: {value!r} is none of {allowed}")
    return rule


def one_of(*rules):
    def rule(value, where):
        faults = []
        for choice in rules:
            try:
                return choice(value, where)
            except Broken as fault:
                faults.append(str(fault))
        raise Broken(" and ".join(faults))
    return rule


def many(rule_of_each, least=0):
    def rule(value, where):
        if not isinstance(value, list):
            raise Broken(f"{where}: {type(value).__name__} is no array")
        if len(value) < least:
            raise Broken(f"{where}: has {len(value)} elements")
        for index, each in enumerate(value):
            rule_of_each(each, f"{where}[{index}]")
    return rule


def mapping(rule_of_each, key=None, most_key=None):
    def rule(value, where):
        if not isinstance(value, dict):
            raise Broken(f"{where}: {type(value).__name__} is no object")
        for name, each in value.items():
            if key and not re.search(key, name) or most_key and len(name) > most_key:
                raise Broken(f"{where}: the key {name!r}")
            rule_of_each(each, f"{where}.{name}")
    return rule


def members(needed, optional=None, others=True):
    """`others`: keys that no rule names are ignored, as by those who read the format."""
    optional = optional or {}

    def rule(value, where):
        if not isinstance(value, dict):
            raise Broken(f"{where}: {type(value).__name__} is no object")
        for name in needed.keys() - value.keys():
            raise Broken(f"{where}: has no {name}")
        for name, each in value.items():
            if name in needed or name in optional:
                (needed.get(name) or optional[name])(each, f"{where}.{name}")
            elif not others:
                raise Broken(f"{where}: {name} is not of this format")
    return rule


def anything(_value, _where):
    pass


def shown_text(path):
    """The text of a document, which has no byte that could control a terminal."""
    characters = path.read_bytes().decode("utf-8")
    bad = sorted({one for one in characters
                  if one != "\n" and (ord(one) < 32 or 0x7F <= ord(one) < 0xA0)})
    if bad or not characters.endswith("\n"):
        raise Broken(f"{path.name}: {bad} in it, or no end of the last line")
    return characters
