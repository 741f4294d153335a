"""As many threads as it is told in a circle, two functions by turns; ended from outside."""
import os
import threading
import time

count = 2 + 2 * int(os.environ["DEPTH"])
locks = [threading.Lock() for _ in range(count)]
everybody_has_one = threading.Barrier(count)


def take(number):
    with locks[number]:
        everybody_has_one.wait()
        with locks[(number + 1) % count]:
            pass


def even(number):
    take(number)


def odd(number):
    take(number)


numbers = sorted(range(count), reverse=count > 2)
threads = [threading.Thread(target=(even, odd)[number % 2], args=(number,),
                            name=f"{os.environ['NAME']}-{number}") for number in numbers]
for thread in threads:
    thread.start()
time.sleep(1)
with open("truth", "w") as truth:
    truth.write("== ready")
for thread in threads:
    thread.join()
