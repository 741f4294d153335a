"""Six threads log through one handler, whose RLock they share.

options: quick
"""

import logging
import time

import claims

lines = []


class Handler(logging.Handler):
    def emit(self, record):
        lines.append(self.format(record))


logger = logging.getLogger("app")
logger.addHandler(Handler())
logger.setLevel(logging.INFO)


def work(number):
    while True:
        logger.info("worker %d", number)


for number in range(6):
    claims.start(f"worker-{number}", work, number)
claims.tell(lambda: len(lines) > 500)
time.sleep(3600)
