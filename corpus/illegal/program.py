"""C code that was compiled to trap where its author thought nobody would come: ud2."""

import ctypes

from truth import tell

opcodes = ctypes.CDLL("/case/opcodes.so")


def disassemble(code):
    for opcode in code:
        if opcode == 3:
            tell(), opcodes.operands(opcode)
        opcodes.operands(opcode)


disassemble([1, 2, 3])
