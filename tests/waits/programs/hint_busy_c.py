"""A thread is inside one C call for ever, without the GIL."""

import hashlib

import claims

begun = []


def derive():
    begun.append(1)
    hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 2_000_000_000)


worker = claims.start("deriver", derive)
claims.state("deriver", "running C")
claims.waits("MainThread", "thread", joins="deriver")
claims.tell(lambda: begun)
worker.join()
