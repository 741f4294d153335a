"""The parent of a multiprocessing pool that waits for a slow result: its three threads of service."""

import multiprocessing
import time

import claims


def slow(number):
    time.sleep(60)
    return number


if __name__ == "__main__":
    pool = multiprocessing.get_context("fork").Pool(2)
    result = pool.apply_async(slow, (1,))
    claims.tell(lambda: result._event._cond._waiters)
    result.get()
