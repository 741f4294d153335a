"""A C function that overwrites its own return address, and what lies above it."""

import ctypes

from truth import tell

fields = ctypes.CDLL("/case/fields.so")
fields.field_kind.argtypes = ctypes.c_char_p, ctypes.c_ulong


class Parser:
    def __init__(self, text):
        self.text = text

    def kind(self):
        if len(self.text) < 16:
            return fields.field_kind(self.text, len(self.text) + 1)
        return tell(), fields.field_kind(self.text, len(self.text) + 1)


def parse(texts):
    return [Parser(text).kind() for text in texts]


parse([b"integer", b"AAAAAA\0\0" * 9])
