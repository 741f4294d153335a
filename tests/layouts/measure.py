"""Measures one CPython from its DWARF, as a facts table of one column.

    gdb -batch -nx -x measure.py LIBPYTHON_OR_EXECUTABLE

Nothing runs. gdb finds separate debug information by itself; for a file inside another root add
-iex "set debug-file-directory ROOT/usr/lib/debug" before the file.
"""

import os

import gdb


def constant(expression):
    try:
        return int(gdb.parse_and_eval(expression))
    except gdb.error:
        return None


def build_name():
    version = constant("*(unsigned long *)&Py_Version")
    if version is None:
        raise gdb.GdbError("no Py_Version: not a CPython of 3.11 or later")
    name = f"{version >> 24}.{version >> 16 & 0xFF}.{version >> 8 & 0xFF}"
    # Exists where references are counted for debugging, as --with-pydebug does.
    debug = constant("(long)&_Py_NegativeRefcount") is not None
    return name + ("-debug" if debug else "-release")


def find_struct(name):
    for spelling in (name, "struct " + name):
        try:
            found = gdb.lookup_type(spelling).strip_typedefs()
        except gdb.error:
            continue
        if found.code == gdb.TYPE_CODE_STRUCT and found.fields():
            return found
    return None


def find_member(struct, path):
    """The bit offset, and the field, of "a.b.c" in a struct; None where there is none."""
    bits = 0
    field = None
    for step in path:
        fields = struct.fields() if struct.code in (gdb.TYPE_CODE_STRUCT, gdb.TYPE_CODE_UNION) else []
        field = next((each for each in fields if each.name == step), None)
        if field is None:
            return None
        bits += field.bitpos
        struct = field.type.strip_typedefs()
    return bits, field


def measure(spelling):
    kind, colon, name = spelling.rpartition(":")
    struct_name, *path = name.split(".")
    struct = find_struct(struct_name)
    if struct is None:
        return None
    if kind == "sizeof":
        return "-", struct.sizeof
    found = find_member(struct, path)
    if found is None:
        return None
    bits, field = found
    if kind == "bit":
        return "-", bits - find_member(struct, path[:-1])[0]
    element = field.type.strip_typedefs()
    if element.code == gdb.TYPE_CODE_ARRAY:
        element = element.target().strip_typedefs()
    return "-" if kind == "place" else element.sizeof, bits // 8


def main():
    if find_struct("_PyInterpreterFrame") is None:
        raise gdb.GdbError("no debug information")
    print(f"{'member':30} bytes {build_name()}")
    facts = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "facts", "members.txt")
    with open(facts) as members:
        for line in members:
            if line.strip() and not line.startswith("#"):
                member, *spellings = line.split()
                found = next(filter(None, map(measure, spellings)), ("-", "-"))
                print(f"{member:30} {found[0]:>5} {found[1]}")


main()
