"""Sockets, pipes and everything else that only the kernel ends.

options: quick
"""

import os
import select
import signal
import socket
import time

import claims

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
left, right = socket.socketpair()
source, sink = os.pipe()
full_source, full_sink = os.pipe()
# What is woken after it wrote a part counts as done.
os.set_blocking(full_sink, False)
while select.select([], [full_sink], [], 0)[1]:
    os.write(full_sink, bytes(1 << 16))
os.set_blocking(full_sink, True)
poller = select.poll()
poller.register(left, select.POLLIN)
epoll = select.epoll()
epoll.register(left, select.EPOLLIN)


def accept():
    listener.accept()


def recv():
    left.recv(10)


def read():
    os.read(source, 10)


def write():
    os.write(full_sink, b"more")


def by_select():
    select.select([left], [], [])


def by_poll():
    poller.poll()


def by_epoll():
    epoll.poll()


def sleep():
    time.sleep(3000)


for work in (accept, recv, read, write, by_select, by_poll, by_epoll):
    claims.start(work.__name__, work)
    claims.state(work.__name__, "in system call")
claims.start("sleep", sleep)
claims.state("sleep", "sleeping")
claims.state("MainThread", "in system call", "sleeping")
claims.tell()
signal.pause()
