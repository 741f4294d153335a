"""Names outside ASCII and names that attack a terminal: functions, classes, files, threads.

Latin-1, two-byte and four-byte strings are stored differently, so each kind has its frame; columns
count UTF-8 bytes.
"""

import ctypes
import threading
import time

from truth import tell

strlen = ctypes.CDLL(None).strlen


def größe(zahl):
    début = "é" * 3; return 計算(zahl, début)


def 計算(数, 文):
    return Поток().запуск(数 + len("数文字𝄞")) + len(文)


class Поток:
    def запуск(self, 数):
        return 𐌰𐌱𐌲("𝄞𝄞", 数)


def 𐌰𐌱𐌲(text, number):
    namespace = {"renamed": renamed}
    exec(compile("def ñandú(n):\n    '𝄞'; return renamed(n)\n", "/corpus/模块/ñ 𝄞.py", "exec"), namespace)
    return namespace["ñandú"](number)


def plain(number):
    tell(), strlen(1)
    return number


code = plain.__code__.replace(co_name="red\x1b[31m\r\n\u202efun", co_qualname="Q.\x9bred\t\x7f")
renamed = type(plain)(code, globals())


def warten():
    time.sleep(3600)


threading.Thread(target=warten, name="Fädchen-ß", daemon=True).start()
threading.Thread(target=warten, name="スレッド", daemon=True).start()
threading.Thread(target=warten, name="🧵\x1b]0;title\x07", daemon=True).start()
time.sleep(0.3)
größe(1)
