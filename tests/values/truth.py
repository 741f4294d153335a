"""What Python says of values, by address. The values are kept alive."""

EXACT, NAMED_IN_FILES, ATTRIBUTES, TYPES = {}, {}, {}, {}
KEPT = []
BROKEN = []  # addresses of what is no object any more


def name_of(kind):
    known = kind.__module__ != "builtins"
    return f"{kind.__module__}.{kind.__qualname__}" if known else kind.__qualname__


def put_in(group, values):
    for value in values:
        KEPT.append(value)
        group[hex(id(value))] = repr(value)
        TYPES[hex(id(value))] = name_of(type(value))


def put(*values):
    put_in(EXACT, values)


def put_named_in_files(*values):
    """A name in them is in no memory, only in read-only data of a file."""
    put_in(NAMED_IN_FILES, values)


def put_with(value, **attributes):
    """With repr() of what stands beside it."""
    put(value)
    ATTRIBUTES[hex(id(value))] = {name: repr(one) for name, one in attributes.items()}


def put_plain(value, **attributes):
    """Has a `__repr__` of its own, which cannot be run: the same with what `object` prints."""
    put_with(value, **attributes)
    EXACT[hex(id(value))] = f"<{name_of(type(value))} object at {hex(id(value))}>"


def put_state(value, **states):
    """With texts that stand beside it."""
    put(value)
    ATTRIBUTES[hex(id(value))] = {name: str(one) for name, one in states.items()}
