"""Tests of an installed libpycore, each a sub-command; see CMakeLists.txt."""
import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

# What a library in somebody else's process has no business with (SR-30).
FORBIDDEN = {
    "exit", "_exit", "quick_exit", "abort", "printf", "fprintf", "vprintf", "vfprintf", "puts", "fputs",
    "putchar", "perror", "error", "warn", "warnx", "err", "errx", "__printf_chk", "__fprintf_chk",
    "__vfprintf_chk", "stdout", "stderr", "syslog", "signal", "sigaction", "sigprocmask",
    "pthread_sigmask", "setlocale", "setenv", "putenv", "unsetenv", "environ", "chdir", "fchdir",
    "umask", "fork", "vfork", "execve", "execv", "posix_spawn", "system", "popen", "socket", "connect",
    "pthread_create", "thrd_create", "setrlimit", "alarm", "setitimer", "longjmp", "siglongjmp",
    "mmap", "srand", "rand", "strtok", "localtime", "gmtime", "getpwuid", "gethostbyname",
}
# `std::cout` and the like, std::exit, std::terminate by choice, std::locale::global
FORBIDDEN_CXX = re.compile(r"^(std::(cout|cerr|clog)\b|std::terminate|std::locale::global|std::thread::)")
# Why it is there: where debug files may be asked for, and where an unpacked core may go.
ENVIRONMENT = {"getenv": "DEBUGINFOD_URLS", "secure_getenv": "TMPDIR"}


def run(command, **options):
    done = subprocess.run([str(word) for word in command], text=True, capture_output=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: {done.returncode}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


class Test:
    def __init__(self, options):
        self.options = options
        self.scratch = Path(options.scratch)
        self.prefix = self.scratch / "prefix"
        self.source = Path(options.source)
        self.folder = self.scratch / "-".join(options.words)
        self.folder.mkdir(exist_ok=True)
        self.library = next(iter(sorted(self.prefix.rglob("libpycore.so.0"))), None)
        self.archive = next(iter(sorted(self.prefix.rglob("libpycore.a"))), None)
        pkgconfig = next(self.prefix.rglob("libpycore.pc")).parent
        self.environment = dict(os.environ, PKG_CONFIG_PATH=str(pkgconfig), CXX=options.cxx,
                                LDFLAGS=options.flags)
        self.environment.pop("LD_LIBRARY_PATH", None)
        self.shared = dict(self.environment, LD_LIBRARY_PATH=str(self.library.parent))

    def core(self, name):
        return self.scratch / f"{name}.core"

    def build_examples(self, way, kind, language):
        """The folder the examples are in then."""
        source = self.source / "examples" / language
        folder = self.folder / language
        if way == "cmake":
            target = "pycore::pycore" if kind == "shared" else "pycore::pycore_static"
            run(["cmake", "-S", source, "-B", folder, f"-DCMAKE_PREFIX_PATH={self.prefix}",
                 f"-DPYCORE_TARGET={target}", f"-DCMAKE_C_FLAGS={self.options.flags}",
                 f"-DCMAKE_CXX_FLAGS={self.options.flags}"], env=self.environment)
            cache = (folder / "CMakeCache.txt").read_text()
            assert f"pycore_DIR:PATH={self.prefix}" in cache, "another libpycore was found"
            run(["cmake", "--build", folder], env=self.environment)
        else:
            folder.mkdir(exist_ok=True)
            for file in source.iterdir():
                (folder / file.name).write_bytes(file.read_bytes())
            run(["make", "-C", folder] + (["STATIC=1"] if kind == "static" else []),
                env=self.environment)
        return folder

    def examples(self, way, kind):
        core = self.core("exception")
        expected = run([self.prefix / "bin/pycore-report", "--json", core])
        text = run([self.prefix / "bin/pycore-report", core])
        environment = self.shared if kind == "shared" else self.environment
        programs = {"c": ["report", "walk"], "cpp": ["handles", "snapshot"]}
        if kind == "shared" and way == "pkg-config":
            programs["cpp"].remove("snapshot")
        for language, names in programs.items():
            folder = self.build_examples(way, kind, language)
            for name in names:
                needed = "libpycore.so.0" in run(["readelf", "-d", folder / name])
                wanted = kind == "shared" and name != "snapshot"
                assert needed == wanted, f"{name} is linked to the other library"
                said = run([folder / name, core], env=environment)
                if name == "walk":
                    self.compare_walk(said, json.loads(expected), text)
                else:
                    assert said == expected, f"{name} prints another report than pycore-report"

    @staticmethod
    def compare_walk(said, report, text):
        """Every thread, and every Python frame, in the order of the JSON."""
        wanted = []
        for thread in report["threads"]:
            wanted.append(f"Thread {thread['tid']} ")
            wanted += [f"  py  {frame['qualified_name']} at {frame['file']}:{frame['line']}"
                       for frame in thread["stack"] if frame["kind"] == "python"]
        at = 0
        for line in wanted:
            found = said.find(line, at)
            assert found >= 0, f"walk does not print: {line}\n{said}"
            at = found + len(line)
        signature = report["signature"]["text"]
        assert f"signature {signature}" in said, said

    def header(self):
        program = '#include <pycore/pycore.h>\nint main(void) { return pycore_version() == 0; }\n'
        for words in (["cc", "-x", "c", "-std=c99"], ["cc", "-x", "c", "-std=c11"],
                      [self.options.cxx, "-x", "c++", "-std=c++11"],
                      [self.options.cxx, "-x", "c++", "-std=c++20"]):
            run([*words, "-Wall", "-Wextra", "-pedantic", "-Werror", "-I", self.prefix / "include",
                 "-fsyntax-only", "-"], input=program)

    def symbols(self):
        """Exactly the promised ones; a new one is added to the list by hand, none is taken out."""
        lines = run(["nm", "-D", "--defined-only", self.library]).splitlines()
        exported = {line.split()[-1] for line in lines}
        listed = {line for line in (self.source / "libpycore/abi/symbols.txt").read_text().splitlines()
                  if line and not line.startswith("#")}
        exported = {name.replace("@@", "@") for name in exported} - {"PYCORE_0"}
        assert exported == listed, f"only exported: {exported - listed}; only listed: {listed - exported}"
        declared = set(re.findall(r"\b(pycore_\w+)\(", re.sub(
            r"/\*.*?\*/", "", (self.prefix / "include/pycore/pycore.h").read_text(), flags=re.S)))
        assert {f"{name}@PYCORE_0" for name in declared} == listed, "the header declares others"
        dynamic = run(["readelf", "-d", self.library])
        assert "[libpycore.so.0]" in dynamic and "RPATH" not in dynamic and "RUNPATH" not in dynamic

    def calls(self):
        """The shared library calls nothing that belongs to the program it is in (SR-30)."""
        names = [line.split()[-1].split("@")[0]
                 for line in run(["nm", "-D", "--undefined-only", self.library]).splitlines()]
        assert "pread" in names or "pread64" in names, "nm printed something else"
        plain = sorted(set(names) & FORBIDDEN)
        assert not plain, f"the library calls {plain}"
        for name in run(["c++filt"], input="\n".join(names)).splitlines():
            assert not FORBIDDEN_CXX.match(name), f"the library uses {name}"
        data = self.library.read_bytes()
        for name, variable in ENVIRONMENT.items():
            assert name not in names or variable.encode() in data

    def hardening(self):
        """SR-31, as far as the build type asks for it."""
        report = self.prefix / "bin/pycore-report"
        assert re.search(r"Type:\s+DYN", run(["readelf", "-h", report])), "pycore-report is no PIE"
        for file in (self.library, report):
            dynamic, segments = run(["readelf", "-d", file]), run(["readelf", "-lW", file])
            assert "GNU_RELRO" in segments and re.search(r"BIND_NOW|\bNOW\b", dynamic), file
            stack = next(line for line in segments.splitlines() if "GNU_STACK" in line)
            assert "RWE" not in stack, f"{file} has an executable stack"
            assert "TEXTREL" not in dynamic
            symbols = run(["nm", "-D", "--undefined-only", file])
            assert "__stack_chk_fail" in symbols, f"{file} has no stack protector"
            assert "__glibcxx_assert_fail" in symbols or "__replacement_assert" in run(
                ["readelf", "-p", ".rodata", file]) or "__n < this->size()" in run(
                ["strings", "-a", file]), f"{file} was built without _GLIBCXX_ASSERTIONS"
            if os.uname().machine == "x86_64":
                code = run(["objdump", "-d", "--no-show-raw-insn", file])
                assert code.count("endbr64") > 100, f"{file} was built without -fcf-protection"
            if self.options.build_type not in ("Debug", "") and not self.options.flags:
                assert "_chk" in symbols, f"{file} was built without _FORTIFY_SOURCE"

    def run(self, program, *words):
        """A program that stresses the library, linked to the shared one."""
        words = [str(self.core(word)) if self.core(word).exists() else word for word in words]
        flags = run(["pkg-config", "--cflags", "--libs", "libpycore"], env=self.environment).split()
        source = self.source / "tests/install/programs" / f"{program}.c"
        run(["cc", "-std=gnu11", "-O1", "-Wall", "-Wextra", source, "-o", self.folder / program,
             *flags, "-pthread", *self.options.flags.split()])
        print(run([self.folder / program, *words], env=self.shared).strip())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("scratch", "source", "cxx", "flags", "build-type"):
        parser.add_argument(f"--{name}", default="")
    parser.add_argument("words", nargs="+")
    options = parser.parse_args()
    getattr(Test(options), options.words[0])(*options.words[1:])


main()
