"""What CPython itself says about this process, written down just before it dies.

`tell()` stands on the same source line as the crash, so every frame but its own is still there at
death. Everything it needs is opened and bound on import: at interpreter exit most of it is gone.
"""

import os
import sys
import threading

try:
    import faulthandler
except ImportError:  # isolated sub-interpreters refuse it
    faulthandler = None

if faulthandler and os.environ["CATCH_SIGNALS"] == "1":
    faulthandler.enable()
fd = os.open(os.environ["TRUTH"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)


def fact(frame):
    """(file, line, name, qualname, position of the instruction) of one frame."""
    code = frame.f_code
    if not hasattr(code, "co_positions"):
        return code.co_filename, frame.f_lineno, code.co_name, None, None
    # Not list(): a deep stack of long functions would cost more than the rest of the program.
    place = None
    for index, place in enumerate(code.co_positions()):
        if index == frame.f_lasti // 2:
            break
    return code.co_filename, frame.f_lineno, code.co_name, code.co_qualname, place


def stack(frame, fact=fact, here=fact.__code__.co_filename):
    """Facts innermost first, equal neighbours counted, the frames of this file left out."""
    facts = []
    while frame is not None:
        if frame.f_code.co_filename != here:
            told = fact(frame)
            if facts and facts[-1][0] == told:
                facts[-1][1] += 1
            else:
                facts.append([told, 1])
        frame = frame.f_back
    return facts


def names(threading=threading):
    try:
        return {ident: (thread.name, thread.native_id)
                for ident, thread in list(threading._active.items())}
    except Exception:
        return {}


def tell(interpreter=0, fd=fd, write=os.write, current_frames=sys._current_frames,
         caller=sys._getframe, get_ident=threading.get_ident,
         stack=stack, names=names,
         dump=faulthandler and faulthandler.dump_traceback):
    """Appends the truth about all threads; of a sub-interpreter only the calling thread's frames."""
    current = get_ident()
    if interpreter:
        stacks = {current: stack(caller(1))}
    else:
        stacks = {ident: stack(frame) for ident, frame in current_frames().items()}
    told = {"interpreter": interpreter, "current": current, "names": names(), "stacks": stacks}
    write(fd, b"== told " + ascii(told).encode() + b"\n== dump\n")
    if dump:
        dump(file=fd, all_threads=True)
    write(fd, b"== ready\n")
