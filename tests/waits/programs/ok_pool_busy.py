"""A thread pool at work; its tasks share a lock, the main thread waits for all of them."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait

import claims

done = []
lock = threading.Lock()


def task(number):
    while True:
        time.sleep(0.001)
        with lock:
            done.append(number)


pool = ThreadPoolExecutor(4)
futures = [pool.submit(task, number) for number in range(8)]
claims.tell(lambda: len(done) > 200)
wait(futures)
