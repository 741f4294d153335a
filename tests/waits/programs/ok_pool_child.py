"""A process of a multiprocessing pool that waits for work, and one that is at it."""

import multiprocessing
import time

import claims


def slow(number):
    claims.tell()
    time.sleep(60)


if __name__ == "__main__":
    pool = multiprocessing.get_context("fork").Pool(2)
    pool.apply_async(slow, (1,)).get()
