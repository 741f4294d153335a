"""The interpreters of the corpus: where each lives and what is stored of it."""

from dataclasses import dataclass

LOCAL = "/opt/python"


@dataclass(frozen=True)
class Build:
    """One interpreter. `prefix` names a local installation, seen as /opt/python by the program."""

    name: str
    root: str
    python: str
    libpython: str = ""
    flavour: str = "release"
    prefix: str = ""
    supported: bool = True
    environment: tuple = ()


def debian(suite, version):
    library = f"/usr/lib/x86_64-linux-gnu/libpython{version}"
    return (
        Build(f"{suite}-{version}", suite, f"/usr/bin/python{version}", f"{library}.so.1.0"),
        Build(f"{suite}-{version}-dbg", suite, f"/usr/bin/python{version}d",
              f"{library}d.so.1.0", "debug"),
    )


def local(version, supported=True):
    minor = version.rpartition(".")[0]
    return Build(f"local-{minor}", "bookworm", f"{LOCAL}/bin/python{minor}",
                 f"{LOCAL}/lib/libpython{minor}.so.1.0", prefix=version, supported=supported)


BUILDS = {
    build.name: build
    for build in (
        *debian("bookworm", "3.11"),
        local("3.12.1"),
        *debian("trixie", "3.13"),
        *debian("sid", "3.14"),
        local("3.10.13", supported=False),
        Build("local-3.13t", "bookworm", f"{LOCAL}/bin/python3.13t", flavour="free-threaded",
              prefix="3.13.5t", supported=False,
              # Its allocator reserves 1 GiB by default, all of it in the core.
              environment=("MIMALLOC_ARENA_RESERVE=32MiB",)),
        Build("sid-3.15", "sid", "/usr/bin/python3.15", supported=False),
        Build("bookworm-c", "bookworm", "", supported=False),
    )
}

PACKAGES = {
    "bookworm": "python3.11,python3.11-dbg,libpython3.11,libffi8,gdb",
    "trixie": "python3.13,python3.13-dbg,libpython3.13,gdb",
    "sid": "python3.14,python3.14-dbg,libpython3.14,python3.15,gdb",
}

# Modules whose code can be on a stack of these programs; the rest of a core's files is not stored.
STORED_MODULES = ("python", "libc.so", "ld-linux", "libffi", "_ctypes", "libgcc_s", "libstdc++",
                  "_cmsgpack", "_bcrypt", "_multiarray_umath")

# Of the libpythons a program can embed two are stored, as large as the interpreters they are.
STORED_LIBPYTHON = ("local-3.12", "sid-3.14")
