"""Checks merged stacks against gdb's physical ones: every C frame is there, at its place, but for
the runs of the eval loop, each of which has exactly its Python frames in its stead."""
import json
import subprocess

EVAL_LOOP = "_PyEval_EvalFrameDefault"


def run_report(program, core, sysroot):
    command = [program, "--json", str(core), *(["--sysroot", sysroot] if sysroot else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return json.loads(done.stdout)


def items_of(thread):
    """Physical frames as (address, runs_python), and segments as lists of functions."""
    items, segment = [], []
    for frame in thread["stack"]:
        if frame["kind"] == "python":
            segment.append(frame["function"])
            if frame["entry"]:
                items.append(segment)
                segment = []
        elif not frame["inlined"]:
            assert not segment, "a native frame inside of a segment"
            items.append((int(frame["address"], 16), frame.get("runs_python", False)))
    assert not segment, "a segment without end"
    return items


def check_thread(thread, wanted):
    """Runs of the eval loop seen, or a text that says what is wrong. `wanted` is gdb's."""
    items = items_of(thread)
    loops = 0
    if not wanted:
        return 0 if not any(isinstance(item, list) for item in items) else "Python without a state"
    for words in wanted:
        pc, name = int(words[0], 16), words[2]
        is_loop = name.startswith(EVAL_LOOP)
        head = items[0] if items else None
        if isinstance(head, tuple) and head[0] == pc:
            items.pop(0)
            if not head[1]:
                if is_loop:
                    return f"the eval loop at {words[0]} was not replaced"
                continue
        elif not is_loop and name != "?":
            return f"{name} at {words[0]} is missing"
        loops += 1
        if not items or not isinstance(items[0], list):
            return f"{name} at {words[0]} has no Python frames in its place"
        items.pop(0)
    return f"left over: {items[0]}" if items else loops


def check(name, report, theirs):
    """Prints what is wrong; gives threads, those that are right, and runs of the eval loop."""
    right = loops = 0
    by_tid = {thread["tid"]: thread for thread in report["threads"]}
    for tid, wanted in theirs.items():
        # Its state may be gone: a daemon thread after the interpreter's end.
        has_state = by_tid[tid]["python_thread_id"] is not None
        found = check_thread(by_tid[tid], wanted if has_state else [])
        if isinstance(found, str):
            print(f"{name}: thread {tid}: merged stack: {found}")
        else:
            right += 1
            loops += found
    return len(theirs), right, loops
