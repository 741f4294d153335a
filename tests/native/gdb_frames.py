"""Run by gdb: prints the physical frames of every thread, as print_native does.

Left out are inlined frames, those that gdb makes up for tail calls from DWARF, and its habit of
ending at main().
"""
import gdb

gdb.execute("set backtrace past-main on")
gdb.execute("set backtrace past-entry on")
gdb.execute("set backtrace limit unlimited")
NOT_PHYSICAL = (gdb.INLINE_FRAME, gdb.TAILCALL_FRAME)
print("begin")
for thread in sorted(gdb.selected_inferior().threads(), key=lambda thread: thread.ptid[1]):
    thread.switch()
    print("thread", thread.ptid[1])
    frame = gdb.newest_frame()
    while frame is not None:
        try:
            if frame.type() not in NOT_PHYSICAL:
                signal = " signal" if frame.type() == gdb.SIGTRAMP_FRAME else ""
                print(hex(frame.pc()), hex(int(frame.read_register("sp")) & (2**64 - 1)),
                      frame.name() or "?", signal)
            frame = frame.older()
        except gdb.error as error:
            print("# stopped:", error)
            break
