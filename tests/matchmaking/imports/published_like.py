"""A problem of our own, written as the published ones are."""

from matchmaking.engine.timing import Timing

SMALL = """\
nBusiness = 3;
nMeetings = 3;
nTables = 1;
nTotalSlots = 4;
nMorningSlots = 2;

requested = [|1, 2, 1,
|1, 3, 3,
|2, 3, 3,
|];

forbidden = [{0, 3}, {}, {0}];

fixed = [0, 4, 0];

precedences = [{}, {}, {1}];
"""


def written(timing: Timing) -> str:
    """The timing as such a file; who may not be in a round must say so for all meetings."""
    there = [set(range(timing.rounds)) for _ in range(timing.participants)]
    for pair, allowed in zip(timing.pairs, timing.allowed, strict=True):
        there[pair[0]] &= set(allowed)
    absent = [sorted(at + 1 for at in range(timing.rounds) if at not in rounds) for rounds in there]
    return f"""
nBusiness = {timing.participants};
nMeetings = {len(timing.pairs)};
nTables = {timing.tables[0]};
nTotalSlots = {timing.rounds};
nMorningSlots = {timing.rounds};
requested = [|{"|".join(f"{one + 1}, {other + 1}, 3," for one, other in timing.pairs)}|];
forbidden = [{", ".join("{" + ", ".join(map(str, row)) + "}" for row in absent)}];
fixed = {[0] * len(timing.pairs)};
precedences = [{", ".join(["{}"] * len(timing.pairs))}];
"""
