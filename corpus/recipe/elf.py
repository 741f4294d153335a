"""Just enough ELF to list the files a core maps and to read a build-id."""

import struct

PT_NOTE, NT_FILE, NT_GNU_BUILD_ID = 4, 0x46494C45, 3


def notes(data):
    """Yields (name, type, contents) of every note of an ELF64 file."""
    (offset,) = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    for index in range(count):
        kind, _, start, _, _, length = struct.unpack_from("<IIQQQQ", data, offset + index * size)
        if kind == PT_NOTE:
            yield from split(data[start:start + length])


def split(data):
    at = 0
    while at + 12 <= len(data):
        name_size, size, kind = struct.unpack_from("<III", data, at)
        name_at = at + 12
        body_at = name_at + (name_size + 3 & ~3)
        yield data[name_at:name_at + name_size].rstrip(b"\0"), kind, data[body_at:body_at + size]
        at = body_at + (size + 3 & ~3)


def mapped_files(core):
    """Paths of the core's NT_FILE note, each once, in order."""
    for _, kind, body in notes(core):
        if kind == NT_FILE:
            (count,) = struct.unpack_from("<Q", body)
            names = body[16 + 24 * count:].split(b"\0")[:count]
            return list(dict.fromkeys(name.decode() for name in names))
    return []


def build_id(data):
    for name, kind, body in notes(data):
        if name == b"GNU" and kind == NT_GNU_BUILD_ID:
            return body.hex()
    return None
