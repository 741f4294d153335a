"""A second opinion: the same program with and without faulthandler must have the same stacks."""

import json


def stacks(path):
    facts = json.loads(path.read_text("utf-8"))
    return sorted(json.dumps(thread["frames"]) for thread in facts["threads"])


def differing(corpus, cores):
    """Names of the faulthandler cores whose truth differs from that of the plain run."""
    by_name = {core["name"]: core for core in cores}
    for name, core in by_name.items():
        plain = by_name.get(name.removesuffix("+faulthandler"))
        if plain and plain is not core and core["expected"] \
                and stacks(corpus / core["expected"]) != stacks(corpus / plain["expected"]):
            yield name
