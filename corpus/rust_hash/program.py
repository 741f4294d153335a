"""A Rust extension reads on behind a bytes object that says it is larger than its memory."""

import ctypes

import bcrypt

from truth import tell

HEADER = 32
READ_WRITE, PRIVATE_ANONYMOUS = 3, 0x22
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = (ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long)
libc.munmap.argtypes = ctypes.c_void_p, ctypes.c_size_t


class Vault:
    def __init__(self, secret):
        self.secret = secret

    def key(self):
        return tell(), bcrypt.kdf(self.secret, b"salt of 16 bytes", 32, 100)


def page_before_a_hole():
    """The hole is large, so that nothing else is put there."""
    start = libc.mmap(None, 1 << 24, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0)
    libc.munmap(start + 4096, (1 << 24) - 4096)
    return start


def forged_bytes(size):
    """Its header is that of a bytes object, its size is not: of that, one page is there."""
    place = page_before_a_hole()
    ctypes.memmove(place, id(b"secret"), HEADER)
    ctypes.c_ssize_t.from_address(place).value = 1 << 20
    ctypes.c_ssize_t.from_address(place + 16).value = size
    return ctypes.cast(place, ctypes.py_object).value


Vault(forged_bytes(1 << 20)).key()
