"""Six threads take two locks in the same order, as fast as they can.

options: quick
"""

import threading
import time

import claims

outer = threading.Lock()
inner = threading.Lock()
rounds = []


def work():
    while True:
        with outer:
            with inner:
                rounds.append(1)


for number in range(6):
    claims.start(f"worker-{number}", work, daemon=True)
claims.tell(lambda: len(rounds) > 1000)
while True:
    time.sleep(0.01)
