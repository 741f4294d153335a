"""A process of a multiprocessing pool that waits for its first job."""

import multiprocessing
import time

import claims


def told():
    claims.tell()


if __name__ == "__main__":
    pool = multiprocessing.get_context("fork").Pool(1, initializer=told)
    time.sleep(60)
