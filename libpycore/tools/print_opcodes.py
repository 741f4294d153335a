#!/usr/bin/env python3
"""Prints what bytecode of the running interpreter is made of, as its layout file has it.

    pythonX.Y print_opcodes.py          # for src/python/layouts/cpython_X_Y.cpp
    pythonX.Y print_opcodes.py facts    # "NUMBER CACHES ROLE" of each opcode, for the test

Also specialised and instrumented forms, as they stand in the memory of a process that runs: with the
role of what they were made of. An opcode that hides which one it was is opaque, and so is a number
that no opcode has.
"""

import dis
import opcode
import sys

OLD = sys.version_info < (3, 12)
ROLES = {
    "extended_argument": ["EXTENDED_ARG"],
    "load_local": ["LOAD_FAST", "LOAD_FAST_CHECK", "LOAD_FAST_BORROW"],
    "load_two_locals": ["LOAD_FAST_LOAD_FAST", "LOAD_FAST_BORROW_LOAD_FAST_BORROW"],
    "load_cell": ["LOAD_DEREF"],
    "load_global": ["LOAD_GLOBAL"],
    "load_name": ["LOAD_NAME"],
    # The name's index is the argument; from 3.12 on the lowest bit says that a call follows.
    "load_attribute": ["LOAD_ATTR", "LOAD_METHOD"] if OLD else [],
    "load_attribute_or_method": [] if OLD else ["LOAD_ATTR"],
    "load_constant": ["LOAD_CONST"],
    "load_small_int": ["LOAD_SMALL_INT"],
    "subscript": ["BINARY_SUBSCR"],
    "binary_operation": ["BINARY_OP"],
    "call": ["CALL", "CALL_KW", "CALL_FUNCTION_EX"],
    "jump_backward": ["JUMP_BACKWARD", "POP_JUMP_BACKWARD_IF_TRUE", "POP_JUMP_BACKWARD_IF_FALSE",
                      "POP_JUMP_BACKWARD_IF_NONE", "POP_JUMP_BACKWARD_IF_NOT_NONE"],
    "neutral": ["CACHE", "NOP", "RESUME", "PUSH_NULL", "PRECALL", "KW_NAMES"],
    "opaque": ["ENTER_EXECUTOR", "INSTRUMENTED_LINE", "INSTRUMENTED_INSTRUCTION", "RESERVED"],
}
ROLE_OF = {name: role for role, names in ROLES.items() for name in names}
KNOWN = {name: number for name, number in dis._all_opmap.items() if number < 256}


def base_of(name):
    base = dis.deoptmap.get(name, name)
    plain = base.removeprefix("INSTRUMENTED_")
    return plain if plain in KNOWN else base


def caches_of(base):
    entries = opcode._inline_cache_entries
    return entries.get(base, 0) if isinstance(entries, dict) else entries[KNOWN[base]]


def describe():
    """(number, caches, role) of each."""
    opcodes = []
    for name, number in KNOWN.items():
        base = name if name in ROLE_OF else base_of(name)
        opcodes.append((number, caches_of(base), ROLE_OF.get(base, "other")))
    return sorted(opcodes)


def main():
    opcodes = describe()
    if sys.argv[1:] == ["facts"]:
        for fact in opcodes:
            print(*fact)
        return
    groups = {}
    for number, caches, role in opcodes:
        groups.setdefault((role, caches), []).append(str(number))
    order = ["other", *ROLES]
    print("constexpr OpcodeTable opcodes = opcode_table({")
    for (role, caches), numbers in sorted(groups.items(), key=lambda g: (order.index(g[0][0]), g[0][1])):
        if role != "opaque":
            print(f"    {{OpcodeRole::{role}, {caches}, {{{', '.join(numbers)}}}}},")
    print("});")


if __name__ == "__main__":
    main()
