"""A Cython extension reads memory that is not there, called from a hook that it called itself."""

import ctypes

import msgpack

from truth import tell


def open_block(record):
    if "size" not in record:
        return record
    block = (ctypes.c_ubyte * record["size"]).from_address(0x600000000000)
    return tell(), msgpack.unpackb(block)


def load(packed):
    return msgpack.unpackb(packed, object_hook=open_block)


load(msgpack.packb({"name": "first", "block": {"size": 4096}}))
