"""What pycore-report promises about its own cost."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    cost: object  # wall, cpu in seconds, peak in MB
    frames: int
    expected_frames: int


def each_target(results):
    """Yields what is promised, what was measured, and whether that keeps the promise."""
    for name, result in results.items():
        yield (f"{name}: all {result.expected_frames} Python frames", f"{result.frames}",
               result.frames >= result.expected_frames)
    if deep := results.get("deep"):
        yield at_most("deep: JSON in 0.4 s", deep.cost.wall, 0.4, "s")
        yield at_most("deep: peak of 40 MB", deep.cost.peak, 40, "MB")
    if threads := results.get("threads"):
        yield at_most("threads: JSON in 0.4 s", threads.cost.wall, 0.4, "s")
    if small := results.get("small"):
        yield at_most("small: CPU of 15 ms", small.cost.cpu * 1e3, 15, "ms")
        yield at_most("small: peak of 15 MB", small.cost.peak, 15, "MB")
    if big := results.get("gigabyte"):
        yield at_most("gigabyte: peak of 20 MB", big.cost.peak, 20, "MB")
        if small:
            yield at_most("gigabyte: 1.2 x the time of small", big.cost.cpu / small.cost.cpu, 1.2, "x")
            yield at_most("gigabyte: 1.2 x the memory of small",
                          big.cost.peak / small.cost.peak, 1.2, "x")


def at_most(promise, measured, limit, unit):
    return promise, f"{measured:.3g} {unit}", measured <= limit


def judge(results):
    """Prints every target and returns the exit status."""
    print("\nTargets")
    broken = 0
    for promise, measured, kept in each_target(results):
        print(f"  {'holds ' if kept else 'BROKEN'}  {promise:40}{measured}")
        broken += not kept
    return 1 if broken else 0
