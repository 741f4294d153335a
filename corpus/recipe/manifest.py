"""manifest.json: reading, writing, unpacking by it."""

import json
import shutil
from pathlib import Path

from compare import differing
from elf import build_id
from pack import scratch, sha256, unpack as unpack_file


def read(corpus):
    path = corpus / "manifest.json"
    if path.exists():
        return json.loads(path.read_text("utf-8"))
    return {"version": 1, "builds": {}, "cores": []}


def write(corpus, manifest):
    builds = ",\n".join(f"  {json.dumps(name)}: {json.dumps(build)}"
                        .replace('{"path"', '\n    {"path"')
                        for name, build in sorted(manifest["builds"].items()))
    cores = ",\n".join("  " + json.dumps(core, ensure_ascii=False)
                       for core in sorted(manifest["cores"], key=lambda core: core["name"]))
    (corpus / "manifest.json").write_text(
        f'{{"version": 1,\n "builds": {{\n{builds}}},\n "cores": [\n{cores}]}}\n', "utf-8")


def unpack(corpus, name, target):
    cores = read(corpus)["cores"]
    entry = next((core for core in cores if core["name"] == name), None)
    if entry is None:
        raise SystemExit(f"no core {name} in the manifest")
    with scratch() as folder:
        unpacked = unpack_chain(corpus, entry, {core["core"]: core for core in cores}, folder)
        if sha256(unpacked) != entry["sha256"]:
            raise SystemExit(f"{name}: not the core the manifest names")
        shutil.move(unpacked, target)


def unpack_chain(corpus, entry, by_path, folder):
    """A base may have a base itself; each is looked up by its path."""
    base = entry["base"] and unpack_chain(corpus, by_path[entry["base"]], by_path, folder)
    target = f"{folder}/{entry['name'].replace('/', '_')}.core"
    if not Path(target).exists():
        unpack_file(corpus / entry["core"], target, base)
    return target


def check(corpus):
    """Every core by its checksum, every module by its build-id, nothing unlisted."""
    manifest = read(corpus)
    by_path = {core["core"]: core for core in manifest["cores"]}
    wrong = []
    for core in manifest["cores"]:
        with scratch() as folder:
            if sha256(unpack_chain(corpus, core, by_path, folder)) != core["sha256"]:
                wrong.append(core["name"])
    modules = {module["file"]: module for build in manifest["builds"].values()
               for module in build["modules"]}
    for module in modules.values():
        with scratch() as folder:
            if build_id(unpack_module(corpus, module, folder)) \
                    != module["build_id"]:
                wrong.append(module["file"])
    listed = by_path.keys() | modules.keys()
    wrong += [f"{path.relative_to(corpus)} is not listed" for path in corpus.glob("*/*.zst")
              if str(path.relative_to(corpus)) not in listed]
    wrong += [f"{name}: other stacks than without faulthandler"
              for name in differing(corpus, manifest["cores"])]
    if wrong:
        raise SystemExit("\n".join(wrong))
    print(f"{len(by_path)} cores and {len(modules)} modules are what the manifest says")


def unpack_module(corpus, module, folder):
    base = None
    if module["base"]:
        base = f"{folder}/base"
        unpack_file(corpus / module["base"], base)
    unpack_file(corpus / module["file"], f"{folder}/module", base)
    return Path(f"{folder}/module").read_bytes()
