"""What differs between a program's own account and the report of its core; compare.py says what the
account holds."""

import re

# Ids of hints that say, or come near to saying, that threads cannot go on.
ABOUT_DEADLOCKS = {"lock-cycle", "gil-and-lock", "self-deadlock", "join-cycle", "join-dead-end",
                   "import-deadlock", "orphaned-lock", "fork-with-threads"}


def canonical(cycle):
    """The same cycle told from another thread on."""
    start = cycle.index(min(cycle, key=str))
    return tuple(cycle[start:] + cycle[:start])


def has_word(text, word):
    return re.search(r"(?<!\w)" + re.escape(word) + r"(?!\w)", text) is not None


class Differences:
    def __init__(self, truth, report, healthy):
        self.truth, self.report, self.healthy, self.found = truth, report, healthy, []
        by_ident = {thread.get("python_thread_id"): thread for thread in report["threads"]}
        by_tid = {thread["tid"]: thread for thread in report["threads"]}
        self.threads = {}
        for name, told in truth["threads"].items():
            own = by_tid.get(told["native_id"]) or by_ident.get(told["ident"])
            if own is None and (told["waits"] or told["states"]):
                self.found.append(f"thread {name} is missing")
            elif own:
                self.threads[name] = own
        self.names = {own["tid"]: name for name, own in self.threads.items()}

    def name(self, tid):
        return self.names.get(tid, f"tid {tid}")

    def all(self):
        for name, own in self.threads.items():
            told = self.truth["threads"][name]
            self.state(name, own, told)
            if told["waits"]:
                self.wait(name, own.get("waiting_for"), told["waits"])
            self.held_by(name, own)
        for claim in self.truth["holds"]:
            self.hold(claim)
        self.deadlocks()
        self.hints()
        self.gil()
        return self.found

    def state(self, name, own, told):
        state = own.get("state") or "nothing"
        wanted = told["states"] or (["waiting*"] if told["waits"] else [])
        if wanted and not any(re.fullmatch(re.escape(one).replace(r"\*", ".*"), state)
                              for one in wanted):
            self.found.append(f"{name}: state {state!r}, not {wanted}")

    def wait(self, name, own, told):
        if not own:
            self.found.append(f"{name}: waits for nothing, not for {told['kind']} {told['names']}")
            return
        words = f"{own.get('description') or ''} {own.get('name') or ''}"
        kinds = told["kind"].split("|")
        if own["kind"] not in kinds:
            self.found.append(f"{name}: waits for a {own['kind']} ({words}), not {told['kind']}")
            return
        if told["addresses"] and own.get("address") not in told["addresses"]:
            self.found.append(f"{name}: waits for {words} at {own.get('address')}, not "
                              f"{told['addresses']}")
        if told["names"] and not any(has_word(words, word) for word in told["names"]):
            self.found.append(f"{name}: waits for {words!r}, not one of {told['names']}")
        # Who waits for the GIL looks up every now and then.
        if own["kind"] != "gil" and bool(own.get("timed")) != told["timed"]:
            self.found.append(f"{name}: timed is {own.get('timed')}, not {told['timed']}")
        self.where(name, own.get("where") or "", told["where"])
        owners = own.get("owners") or []
        if told["joins"] and [self.name(one.get("tid")) for one in owners] != [told["joins"]]:
            self.found.append(f"{name}: joins {owners}, not {told['joins']}")
        self.owners(name, own, owners, told)

    def where(self, name, own, told):
        if told is None:
            return
        function, qualified, file, line = told
        if own not in (f"{function} ({file}:{line})", f"{qualified} ({file}:{line})"):
            self.found.append(f"{name}: waits in {own!r}, not {qualified} ({file}:{line})")

    def owners(self, name, own, owners, told):
        """Whom the report is certain of has to be one that the truth knows."""
        claims = [one for one in self.truth["holds"]
                  if one["address"] and one["address"] == own.get("address")]
        true = {one["thread"] for one in claims} | ({told["joins"]} - {None})
        if own["kind"] == "gil":
            true = {self.truth.get("gil")}
        if own.get("address") in self.truth["orphans"]:
            if [one["certain"] and one.get("tid") not in self.names for one in owners] != [True]:
                self.found.append(f"{name}: {own.get('description')} is an orphan, not of {owners}")
            return
        for owner in owners:
            if owner["certain"] and self.name(owner.get("tid")) not in true:
                self.found.append(f"{name}: {own.get('description')} is held by "
                                  f"{self.name(owner.get('tid'))} ({owner.get('evidence')}), not "
                                  f"{sorted(true)}")
        listed = {self.name(one.get("tid")): one for one in owners}
        for claim in claims:
            owner = listed.get(claim["thread"])
            if claim["sure"] is not False and owner is None:
                self.found.append(f"{name}: {claim['thread']} is no owner of "
                                  f"{own.get('description')}")
            elif claim["sure"] and not owner["certain"]:
                self.found.append(f"{name}: {claim['thread']} is not certain to own "
                                  f"{own.get('description')} ({owner.get('evidence')})")

    def held_by(self, name, own):
        """What the report is certain of has to be true."""
        told = self.truth["threads"][name]
        true = {one["address"] for one in self.truth["holds"] if one["thread"] == name}
        if not (true or told["waits"] or told["states"]):
            return  # It was at work, and may have had anything.
        for held in own.get("holds") or []:
            if held["certain"] and held["kind"] in ("lock", "rlock") and \
                    held["address"] not in true:
                self.found.append(f"{name}: does not hold {held.get('description')} "
                                  f"({held.get('evidence')})")

    def hold(self, claim):
        if not claim["sure"] or claim["thread"] not in self.threads:
            return
        held = self.threads[claim["thread"]].get("holds") or []
        own = next((one for one in held if one.get("address") == claim["address"]), None)
        if own is None or not own["certain"] or own["kind"] != claim["kind"]:
            self.found.append(f"{claim['thread']}: holds {claim['kind']} {claim['address']} "
                              f"{claim['names']}, which the report has as {own}")
            return
        words = f"{own.get('description') or ''} {own.get('name') or ''}"
        if claim["names"] and not any(has_word(words, word) for word in claim["names"]):
            self.found.append(f"{claim['thread']}: holds {words!r}, not one of {claim['names']}")

    def deadlocks(self):
        own = {canonical([self.name(tid) for tid in one["threads"]]): one
               for one in self.report.get("deadlocks") or []}
        told = {canonical(list(one["cycle"])): one for one in self.truth["deadlocks"]}
        if len(own) != len(self.report.get("deadlocks") or []):
            self.found.append("one deadlock is told twice")
        self.found += [f"deadlock {' -> '.join(map(str, cycle))} is not found"
                       for cycle in told.keys() - own.keys()]
        self.found += [f"no such deadlock: {own[cycle].get('summary')}"
                       for cycle in own.keys() - told.keys()]
        for cycle in told.keys() & own.keys():
            self.deadlock(" -> ".join(cycle), own[cycle], told[cycle])

    def deadlock(self, words, own, told):
        if told["kinds"] and own["kind"] not in told["kinds"]:
            self.found.append(f"deadlock {words}: {own['kind']}, not {told['kinds']}")
        if told["sure"] is not None and own["certain"] != told["sure"]:
            self.found.append(f"deadlock {words}: certain is {own['certain']}: "
                              f"{own.get('edges')}")
        behind = sorted(self.name(tid) for tid in own.get("behind") or [])
        if behind != sorted(told["behind"]):
            self.found.append(f"deadlock {words}: behind it are {behind}, not "
                              f"{sorted(told['behind'])}")

    def hints(self):
        own = {one["id"]: one for one in self.report.get("hints") or []}
        told = [set(one.split("|")) for one in self.truth["hints"]]
        known = set(self.truth.get("may_hint", ())).union(*told)
        self.found += [f"no hint {one}, but {sorted(own)}" for one in told if not one & own.keys()]
        for one in sorted(own.keys() - known):
            if own[one]["severity"] in ("error", "warning") and \
                    (self.healthy or one in ABOUT_DEADLOCKS):
                self.found.append(f"hint {one}: {own[one]['detail']}")

    def gil(self):
        if "gil" not in self.truth:
            return
        gil = (self.report["interpreters"] or [{}])[0].get("gil") or {}
        holder = None if gil.get("holder") is None else self.name(gil["holder"])
        if holder != self.truth["gil"] or bool(gil.get("held")) != (holder is not None):
            self.found.append(f"the GIL is held by {holder}, not {self.truth['gil']}")
