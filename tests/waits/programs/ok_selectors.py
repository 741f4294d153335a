"""Threads in each of the kernel's waits for readiness."""

import select
import selectors
import socket
import time

import claims

left, right = socket.socketpair()


def with_selector():
    with selectors.DefaultSelector() as selector:
        selector.register(left, selectors.EVENT_READ)
        selector.select()


def with_select():
    select.select([left], [], [])


def with_poll():
    poller = select.poll()
    poller.register(left, select.POLLIN)
    poller.poll()


def with_timeout():
    select.select([left], [], [], 3000)


for work in (with_selector, with_select, with_poll, with_timeout):
    claims.start(work.__name__, work)
    claims.state(work.__name__, "in system call")
claims.tell(lambda: all(claims.asleep(f"with_{name}")
                        for name in ("selector", "select", "poll", "timeout")))
time.sleep(3600)
