"""os.abort() inside a Python signal handler that interrupted a C call."""

import os
import signal

from truth import tell


def give_up(reason):
    print(reason) if not reason else (tell(), os.abort())


def on_alarm(number, frame):
    give_up(f"signal {number} in {frame.f_code.co_name}")


def wait_for_answer():
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    signal.pause()


signal.signal(signal.SIGALRM, on_alarm)
wait_for_answer()
