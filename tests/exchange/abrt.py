"""The rules of ABRT's world, in our own words: which `core_backtrace` satyr reads, and which uReport
the server of FAF takes."""

from rules import (Broken, boolean, exactly, many, mapping, members, number, text)

U64 = (1 << 64) - 1

# sr_core_stacktrace_from_json(): all members are optional, of these types; others are ignored.
SATYR_FRAME = members({}, {
    "address": number(0, U64), "build_id": text(), "build_id_offset": number(0, U64),
    "function_name": text(), "file_name": text(), "fingerprint": text(),
    "fingerprint_hashed": boolean})
SATYR = members({}, {
    "signal": number(0, 0xFFFF), "executable": text(), "only_crash_thread": boolean,
    "stacktrace": many(members({}, {"crash_thread": boolean, "frames": many(SATYR_FRAME)}))})

# CoredumpProblem.checker with the sizes of the columns it goes into: symbolsources.path and
# .build_id, opsyscomponents.name, reportexecutables.path, symbols.name of its first versions.
FAF_FRAME = members({
    "address": number(0), "build_id_offset": number(0), "file_name": text(most=512)}, {
    "build_id": text(r"^[a-fA-F0-9]+$", most=64), "fingerprint": text(r"^[a-fA-F0-9]+$"),
    "function_name": text(most=1024)})
FAF_PROBLEM = members({
    "type": exactly("core"), "signal": number(0),
    "component": text(r"^[a-zA-Z0-9\-._]+$", most=64), "executable": text(most=512),
    "user": members({"root": boolean, "local": boolean}),
    "stacktrace": many(members({"frames": many(FAF_FRAME, least=1)}, {"crash_thread": boolean}),
                       least=1)}, {"serial": number(0)})

# UREPORT_CHECKER, and the checker of packages of FAF's plug-in for Fedora. Which names of systems a
# server knows depends on its plug-ins.
PACKAGE = members({
    "name": text(r"^[a-zA-Z0-9_\-.+~]+$", most=64), "epoch": number(0),
    "version": text(r"^[a-zA-Z0-9_.+]+$", most=64), "release": text(r"^[a-zA-Z0-9_.+]+$", most=64),
    "architecture": text(r"^[a-zA-Z0-9_]+$", most=8)}, {
    "package_role": exactly("affected", "related", "selinux_policy")})
UREPORT = members({
    "ureport_version": exactly(2), "reason": text(most=512),
    "reporter": members({"name": text(r"^[a-zA-Z0-9 ]+$", most=64),
                         "version": text(r"^[a-zA-Z0-9_.\- ]+$", most=64)}),
    "os": members({"name": text(r"^[a-z]+$"), "version": text(r"^[a-zA-Z0-9_.\-+~]+$", most=32),
                   "architecture": text(r"^[a-zA-Z0-9_]+$", most=8)}),
    "packages": many(PACKAGE), "problem": FAF_PROBLEM}, {
    "auth": mapping(text())})


def one_crash_thread(stacktrace):
    crashed = [thread for thread in stacktrace if thread.get("crash_thread")]
    if len(crashed) != 1:
        raise Broken(f"stacktrace: {len(crashed)} threads crashed")
    return crashed[0]["frames"]


def python_lines_fit(frames):
    """Python frames are told by their prefix, and have a line in the place of an offset."""
    for frame in frames:
        python = frame.get("function_name", "").startswith("py:")
        if python and (frame["address"] != 0 or "build_id" in frame):
            raise Broken(f"{frame}: a Python frame at an address")
        if not python and "build_id" in frame and frame["build_id_offset"] > frame["address"]:
            raise Broken(f"{frame}: lies before its module")


def check_core_backtrace(document):
    SATYR(document, "core_backtrace")
    python_lines_fit(one_crash_thread(document["stacktrace"]))


def check_ureport(document):
    UREPORT(document, "ureport")
    if document["os"]["name"] == "fedora" and not any(
            package.get("package_role") == "affected" for package in document["packages"]):
        raise Broken("packages: none is affected")
    python_lines_fit(one_crash_thread(document["problem"]["stacktrace"]))


__all__ = ["check_core_backtrace", "check_ureport"]
