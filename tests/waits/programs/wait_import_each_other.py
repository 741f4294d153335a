"""Two modules that import each other, begun in two threads: importlib lets one of them go on."""

import sys
import threading
import time

import claims

for name, other in (("apple", "pear"), ("pear", "apple")):
    with open(f"{name}.py", "w") as file:
        file.write(f"import time, __main__\n__main__.both.wait()\nimport {other}\n"
                   "__main__.through.append(1)\ntime.sleep(3000)\n")

both = threading.Barrier(2)
through = []


def load(name):
    __import__(name)


sys.path.insert(0, ".")
claims.start("apples", load, "apple")
claims.start("pears", load, "pear")
claims.tell(lambda: through)
time.sleep(3600)
