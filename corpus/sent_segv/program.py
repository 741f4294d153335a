"""SIGSEGV from another process: nothing is wrong with this one."""

import threading
import time

from truth import tell


def serve():
    time.sleep(3600)


def main():
    threading.Thread(target=serve, name="server", daemon=True).start()
    time.sleep(0.2)
    tell(), time.sleep(3600)


main()
