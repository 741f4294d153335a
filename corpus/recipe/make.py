"""Makes what is missing or changed, one build after another."""

import shutil
import subprocess
from pathlib import Path

import expected
import facts
import manifest
from expected import Disagreement
from builds import LOCAL
from modules import PROGRAMS, ModuleStore
from pack import pack, scratch, sha256
from packages import folders
from run import run, version_of

BASE_SCENARIO = "null_call"


class Maker:
    def __init__(self, corpus, roots, local, force):
        self.corpus, self.roots, self.local, self.force = corpus, roots, local, force
        self.manifest = manifest.read(corpus)
        self.cores = {core["name"]: core for core in self.manifest["cores"]}
        self.modules = ModuleStore(corpus, self.manifest["builds"])
        self.failures = []

    def make_build(self, build, known, only):
        with scratch() as folder:
            self.scratch = Path(folder)
            wanted = [one for one in known.values() if build.name in one.build_names()]
            # The base comes first: the others are stored as differences from it.
            wanted.sort(key=lambda one: one.name != BASE_SCENARIO)
            for scenario in wanted:
                if not only or scenario.name in only or scenario.name == BASE_SCENARIO:
                    for faulthandler in scenario.variants(build.name):
                        self.try_core(scenario, build, faulthandler)

    def try_core(self, scenario, build, faulthandler):
        """One failure does not keep the other cores from being made."""
        try:
            self.make_core(scenario, build, faulthandler)
        except (RuntimeError, OSError, subprocess.SubprocessError, Disagreement) as error:
            self.failures.append(f"{scenario.name}/{build.name}: {error}")
            print(f"FAILED {self.failures[-1]}", flush=True)

    def make_core(self, scenario, build, faulthandler):
        name = f"{scenario.name}/{build.name}" + ("+faulthandler" if faulthandler else "")
        base = self.base_of(scenario, build, faulthandler)
        inputs = self.inputs(scenario, build, base)
        entry = self.cores.get(name)
        if not self.force and entry and entry["inputs"] == inputs \
                and (self.corpus / entry["core"]).exists():
            if entry["expected"]:
                facts.declare(self.corpus / entry["expected"], scenario.crash)
            return
        case = self.scratch / name.replace("/", "_")
        outcome = run(scenario, build, self.roots / build.root, self.prefix_of(build),
                      faulthandler, case)
        self.store(scenario, build, faulthandler, name, outcome, inputs, base)
        shutil.rmtree(case)

    def store(self, scenario, build, faulthandler, name, outcome, inputs, base):
        if outcome.truth:
            account = expected.expected(outcome.truth, outcome.stderr if faulthandler else None,
                                      outcome.signal, scenario.teller_dies,
                                      build.name in scenario.faulthandler_stops_early)
            truth = self.corpus / f"{name}.expected.json"
            facts.write(truth, account)
            facts.declare(truth, scenario.crash)
        elif scenario.kind != "not-python":
            raise RuntimeError(f"{name}: the program told no truth\n{outcome.stderr}")
        packed = self.corpus / f"{name}.core.zst"
        pack(outcome.core, packed, base and self.unpacked(base))
        entry = {"name": name, "scenario": scenario.name, "build": build.name,
                 "core": f"{name}.core.zst", "base": base and base["core"],
                 "size": outcome.core.stat().st_size, "sha256": sha256(outcome.core),
                 "expected": f"{name}.expected.json" if outcome.truth else None,
                 "signal": outcome.signal, "kind": scenario.kind, "inputs": inputs}
        self.describe(build, scenario)
        if build.supported:
            self.modules.store(build, outcome.core, lambda path: self.source_of(
                scenario, build, path, outcome.core.parent))
        self.cores[name] = entry
        print(f"{name}: {packed.stat().st_size:,} bytes", flush=True)
        self.save()

    def inputs(self, scenario, build, base):
        digest = scenario.fingerprint(self.corpus / "common")
        python = self.file_of(build, build.python)
        digest.update(python.read_bytes() if python.is_file() else b"")
        digest.update(base["sha256"].encode() if base else b"")
        return digest.hexdigest()[:16]

    def base_of(self, scenario, build, faulthandler):
        """With faulthandler: the same program without; else the build's base; itself none."""
        if faulthandler:
            plain = self.cores.get(f"{scenario.name}/{build.name}")
            if plain is None:
                raise RuntimeError("the core without faulthandler comes first")
            return plain
        if scenario.name == BASE_SCENARIO:
            return None
        return self.cores.get(f"{BASE_SCENARIO}/{build.name}")

    def unpacked(self, entry):
        by_path = {core["core"]: core for core in self.cores.values()}
        return manifest.unpack_chain(self.corpus, entry, by_path, self.scratch)

    def prefix_of(self, build):
        return self.local / build.prefix if build.prefix else None

    def file_of(self, build, path):
        """Where the file a core calls `path` is on this machine."""
        if build.prefix and path.startswith(LOCAL + "/"):
            return self.prefix_of(build) / path[len(LOCAL) + 1:]
        return self.roots / build.root / path.lstrip("/")

    def source_of(self, scenario, build, path, case):
        """The file that the process of this scenario saw as `path`."""
        if path.startswith(PROGRAMS):
            return case / Path(path).name
        for folder in folders(scenario.packages, self.roots / build.root):
            if (folder / path.lstrip("/")).exists():
                return folder / path.lstrip("/")
        return self.file_of(build, path)

    def describe(self, build, scenario):
        """The build's entry in the manifest."""
        record = self.manifest["builds"].setdefault(build.name, {
            "python": version_of(build, self.roots / build.root, self.prefix_of(build)),
            "flavour": build.flavour, "supported": build.supported,
            "base": None, "modules": []})
        if scenario.name == BASE_SCENARIO:
            record["base"] = f"{BASE_SCENARIO}/{build.name}.core.zst"

    def save(self):
        self.manifest["cores"] = list(self.cores.values())
        manifest.write(self.corpus, self.manifest)

    def finish(self, known):
        """Forgets cores no recipe asks for any more, and modules no core needs."""
        for name, core in list(self.cores.items()):
            scenario = known.get(core["scenario"])
            variant = name.endswith("+faulthandler")
            if scenario and core["build"] in scenario.build_names() \
                    and variant in scenario.variants(core["build"]):
                continue
            for path in (core["core"], core["expected"]):
                if path:
                    (self.corpus / path).unlink(missing_ok=True)
            del self.cores[name]
        self.modules.forget_unused()
        self.save()
