"""Objects that are broken once Python has said all it has to say."""

import ctypes

from truth import BROKEN, EXACT, KEPT, TYPES

FREED, UNINITIALISED, OUTSIDE = (int(f"0x{byte * 8}", 16) for byte in ("DD", "CD", "FD"))


class Plain:
    pass


def expect(one, reason):
    at = hex(id(one))
    EXACT[at] = f"<corrupt: {reason} at {at}>"
    TYPES[at] = ""
    return EXACT[at]


def prepare():
    """Returns what breaks them: to be called last."""
    with_type = [(Plain(), value, reason) for value, reason in (
        (FREED, "freed memory"), (UNINITIALISED, "uninitialised memory"),
        (OUTSIDE, "memory outside of an object"), (0, "its type is no type"),
        (id(Plain()), "its type is no type"), (id(12345), "its type is no type"),
        (0x1234567, "its type is no type"), (id(KEPT), "its type is no type"))]
    with_count = [(["count", index], value, reason) for index, (value, reason) in enumerate((
        (0, "freed object"), (2**64 - 1, "reference count out of range"),
        (2**64 - 5, "reference count out of range"), (2**47, "reference count out of range"),
        (2**63, "reference count out of range")))]
    filled = [bytearray(30), "not ascii \u20ac", ("tuple",), {"a": 1}, {1}, 2.5e100]
    for one, _, reason in with_type + with_count:
        expect(one, reason)
    for one in filled:
        expect(one, "freed memory")
    holder = [1, with_type[0][0], {"key": with_count[1][0]}]
    EXACT[hex(id(holder))] = (f"[1, {expect(holder[1], 'freed memory')}, "
                              f"{{'key': {expect(holder[2]['key'], with_count[1][2])}}}]")
    TYPES[hex(id(holder))] = "list"
    freed = [bytes([number]) * 440 for number in range(50)]
    for one in freed:
        BROKEN.append(hex(id(one)))
        TYPES[hex(id(one))] = ""
    KEPT.extend((with_type, with_count, filled, holder, freed))
    # By address: a variable that held one would count it, and let it go again.
    words = [(id(one) + 8, value) for one, value, _ in with_type]
    words += [(id(one), value) for one, value, _ in with_count]
    words += [(id(one) + offset, FREED) for one in filled for offset in (0, 8)]
    del one

    def break_them():
        for at, value in words:
            ctypes.c_uint64.from_address(at).value = value
        freed.clear()

    return break_them
