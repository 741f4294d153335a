"""Threads that wait for an event with a timeout, again and again, and do their work between."""

import threading

import claims

stop = threading.Event()
beats = []


def beat():
    while not stop.wait(0.005):
        beats.append(1)


for number in range(5):
    claims.start(f"heart-{number}", beat)
claims.tell(lambda: len(beats) > 50)
while not stop.wait(1):
    pass
