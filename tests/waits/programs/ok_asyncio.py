"""An asyncio server without clients, and two calls in threads.

options: quick
"""

import asyncio
import threading
import time

import claims

calls = []
lock = threading.Lock()


def slow(seconds):
    with lock:
        calls.append(seconds)
    time.sleep(seconds)


async def serve(reader, writer):
    writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        claims.tell(lambda: len(calls) == 2)
        await asyncio.gather(server.serve_forever(), asyncio.to_thread(slow, 3000),
                             asyncio.to_thread(slow, 3001))


asyncio.run(main())
