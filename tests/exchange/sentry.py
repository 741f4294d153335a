"""The rules of Sentry's event payloads, in our own words: from its documentation for authors of
SDKs, and where that is silent or differs from what its Relay takes (`trust` of frames, numbers for
the types of locks), from Relay."""

from rules import (Broken, anything, boolean, exactly, many, mapping, members, number, one_of,
                   text)

MOST_BYTES = 1 << 20  # Relay's limit of an event
ADDRESS = text(r"^0x[0-9a-f]+$")
THREAD_ID = one_of(number(0), text(least=1, most=256))
GUID = text(r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")

FRAME = members({"platform": exactly("python", "native")}, {
    "function": text(least=1), "raw_function": text(), "symbol": text(), "module": text(),
    "package": text(), "filename": text(), "abs_path": text(), "lineno": number(1),
    "colno": number(1), "context_line": text(), "in_app": boolean,
    "vars": mapping(text()), "instruction_addr": ADDRESS, "symbol_addr": ADDRESS,
    "image_addr": ADDRESS, "addr_mode": exactly("abs"),
    "trust": exactly("context", "cfi", "fp", "scan")}, others=False)
STACKTRACE = members({"frames": many(FRAME, least=1)}, {
    "registers": mapping(ADDRESS, key=r"^[a-z0-9]+$"),
    "instruction_addr_adjustment": exactly("auto", "all_but_first", "all", "none")}, others=False)
LOCK = members({"type": exactly(1, 2, 4, 8)}, {
    "address": ADDRESS, "package_name": text(), "class_name": text(), "thread_id": THREAD_ID},
    others=False)
THREAD = members({"id": THREAD_ID}, {
    "name": text(), "crashed": boolean, "current": boolean, "main": boolean, "state": text(),
    "held_locks": mapping(LOCK, key=r"^0x[0-9a-f]+$"), "stacktrace": STACKTRACE}, others=False)
SIGNAL = members({"number": number()}, {"code": number(), "name": text(), "code_name": text()},
                 others=False)
MECHANISM = members({"type": text(least=1)}, {
    "description": text(), "handled": boolean, "synthetic": boolean, "source": text(),
    "exception_id": number(0), "parent_id": number(0), "is_exception_group": boolean,
    "data": mapping(anything), "meta": members({"signal": SIGNAL}, others=False)}, others=False)
EXCEPTION = members({"type": text(least=1), "value": text()}, {
    "module": text(), "thread_id": THREAD_ID, "mechanism": MECHANISM, "stacktrace": STACKTRACE},
    others=False)
IMAGE = members({"type": exactly("elf"), "debug_id": GUID, "image_addr": ADDRESS}, {
    "code_id": text(r"^[0-9a-f]+$"), "code_file": text(), "image_size": number(0),
    "arch": exactly("x86_64", "arm64")}, others=False)

EVENT = members({
    "event_id": text(r"^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$"),
    "platform": exactly("native", "python"),
    "level": exactly("debug", "info", "warning", "error", "fatal"),
    "threads": members({"values": many(THREAD)}, others=False)}, {
    "logger": text(most=64), "transaction": text(most=200),
    "sdk": members({"name": text(), "version": text()}, others=False),
    "fingerprint": many(text()), "modules": mapping(text()),
    "tags": mapping(text(most=200), key=r"^[a-zA-Z0-9_.:-]+$", most_key=32),
    "contexts": members({}, {
        "runtime": members({"type": exactly("runtime"), "name": text(), "version": text()}),
        "os": members({"type": exactly("os"), "name": text()}),
        "device": members({"type": exactly("device"), "arch": text()})}, others=False),
    "exception": members({"values": many(EXCEPTION, least=1)}, others=False),
    "logentry": members({"message": text(least=1, most=8192)}, others=False),
    "debug_meta": members({"images": many(IMAGE)}, others=False),
    "extra": mapping(anything)}, others=False)


def expected_debug_id(code_id):
    data = bytearray.fromhex(code_id)[:16].ljust(16, b"\0")
    data[0:4], data[4:6], data[6:8] = data[3::-1], data[5:3:-1], data[7:5:-1]
    digits = data.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def frames_of(event):
    for owner in event.get("exception", {}).get("values", []) + event["threads"]["values"]:
        yield from owner.get("stacktrace", {}).get("frames", [])


def check_frames(event):
    starts = {image["image_addr"]: image for image in event["debug_meta"]["images"]}
    for frame in frames_of(event):
        if not frame.keys() & {"filename", "function", "instruction_addr"}:
            raise Broken(f"{frame}: nothing tells what it is")
        if frame["platform"] == "python" and "instruction_addr" in frame:
            raise Broken(f"{frame}: Python code at an address")
        image = starts.get(frame.get("image_addr"))
        if image and "instruction_addr" in frame:
            offset = int(frame["instruction_addr"], 16) - int(image["image_addr"], 16)
            if not 0 <= offset < image["image_size"]:
                raise Broken(f"{frame}: not in {image}")


def check_threads(event):
    ids = [thread["id"] for thread in event["threads"]["values"]]
    if len(set(ids)) != len(ids):
        raise Broken("threads: two of the same id")
    exceptions = event.get("exception", {}).get("values", [])
    for thread in event["threads"]["values"]:
        about = [one for one in exceptions if one.get("thread_id") == thread["id"]]
        if thread.get("stacktrace") and any("signal" in one["mechanism"].get("meta", {})
                                            for one in about):
            raise Broken(f"thread {thread['id']}: its stack is told twice")
    for one in exceptions:
        if one.get("thread_id") not in [None, *ids]:
            raise Broken(f"exception {one['type']}: of no thread")


def check_exceptions(event):
    """The last has the id 0; each other one has a parent, which comes after it."""
    ids = [one["mechanism"]["exception_id"] for one in event.get("exception", {}).get("values", [])]
    if ids != list(range(len(ids)))[::-1]:
        raise Broken(f"exception: ids {ids}")
    for one in event.get("exception", {}).get("values", []):
        mechanism = one["mechanism"]
        if mechanism["exception_id"] > 0 and mechanism["parent_id"] >= mechanism["exception_id"]:
            raise Broken(f"exception {mechanism['exception_id']}: no parent after it")


def check_sentry(event, size=0):
    EVENT(event, "event")
    if size >= MOST_BYTES:
        raise Broken(f"event: {size} bytes")
    for image in event["debug_meta"]["images"]:
        if image["debug_id"] != expected_debug_id(image["code_id"]):
            raise Broken(f"{image}: another debug_id")
    check_frames(event)
    check_threads(event)
    check_exceptions(event)
