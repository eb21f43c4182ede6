"""A timing as clauses, after Bofill et al. (JAIR 74, 2022): who is busy when, since when, and where a break ends.

Beyond theirs: counts over time instead of counts (they also say how much of somebody's sequence is over), spans that
are too long to be without a break, and tables counted by the smaller side of the meetings.
"""

from collections.abc import Sequence

from msgspec import Struct

from matchmaking.engine.rounds.clauses import Clauses
from matchmaking.engine.timing import Timing, meetings_of


class Encoding(Struct, frozen=True):
    """``held[m][t]``: meeting m is in round t. ``breaks[p][k]``: participant p has more than k breaks."""

    held: list[dict[int, int]]
    breaks: list[list[int]]


def encode(timing: Timing, clauses: Clauses, *, by_owner: bool) -> Encoding:
    """``by_owner``: tables are counted by one participant of each meeting, chosen to be few; else by all."""
    own = meetings_of(timing)
    held = [{at: clauses.new() for at in rounds} for rounds in timing.allowed]
    busy = [[clauses.new() for _ in range(timing.rounds)] for _ in own]
    for rounds in held:
        clauses.add(*rounds.values())
        clauses.at_most_one(list(rounds.values()))
    for participant, meetings in enumerate(own):
        for at in range(timing.rounds):
            here = [held[meeting][at] for meeting in meetings if at in held[meeting]]
            clauses.add(*here, -busy[participant][at])
            for each in here:
                clauses.add(-each, busy[participant][at])
            clauses.at_most_one(here)
    for first, second in timing.before:
        _order(clauses, held[first], held[second])
    if by_owner:
        _limit_tables_by_owner(timing, clauses, own, held, busy)
    else:
        _limit_tables(timing, clauses, own, held, busy)
    breaks = [_breaks(clauses, row, len(meetings)) for row, meetings in zip(busy, own, strict=True)]
    if timing.spread is not None:
        _limit_spread(clauses, breaks, timing.spread)
    return Encoding(held=held, breaks=breaks)


def _order(clauses: Clauses, first: dict[int, int], second: dict[int, int]) -> None:
    for at, literal in second.items():
        clauses.add(-literal, *(each for earlier, each in first.items() if earlier < at))
    for at, literal in first.items():
        clauses.add(-literal, *(each for later, each in second.items() if later > at))


def _limit_tables(
    timing: Timing, clauses: Clauses, own: list[list[int]], held: list[dict[int, int]], busy: list[list[int]]
) -> None:
    for at, tables in enumerate(timing.tables):
        able = [p for p, meetings in enumerate(own) if any(at in held[meeting] for meeting in meetings)]
        _at_most(clauses, [busy[p][at] for p in able], 2 * tables)


def _limit_tables_by_owner(
    timing: Timing, clauses: Clauses, own: list[list[int]], held: list[dict[int, int]], busy: list[list[int]]
) -> None:
    owned = owners(own)
    for at, tables in enumerate(timing.tables):
        present = []
        for participant, meetings in owned.items():
            here = [held[meeting][at] for meeting in meetings if at in held[meeting]]
            if here:
                all_own = len(meetings) == len(own[participant])
                present.append(busy[participant][at] if all_own else clauses.any_of(here))
        _at_most(clauses, present, tables)


def owners(own: Sequence[Sequence[int]]) -> dict[int, list[int]]:
    """Each meeting to one of its two participants: to whoever has the most meetings that nobody owns yet."""
    left = [set(meetings) for meetings in own]
    sharing: dict[int, list[int]] = {}
    for participant, meetings in enumerate(own):
        for meeting in meetings:
            sharing.setdefault(meeting, []).append(participant)
    owned: dict[int, list[int]] = {}
    while any(left):
        participant = max(range(len(own)), key=lambda p: (len(left[p]), len(own[p])))
        owned[participant] = sorted(left[participant])
        for meeting in owned[participant]:
            for each in sharing[meeting]:
                left[each].discard(meeting)
    return owned


def _at_most(clauses: Clauses, literals: list[int], most: int) -> None:
    if len(literals) > most:
        clauses.add(-clauses.count(literals, most, exact=False)[most])


def _breaks(clauses: Clauses, busy: list[int], meetings: int) -> list[int]:
    most = min(meetings, (len(busy) + 1) // 2) - 1
    if not meetings:
        return []
    done: list[int] = []  # more than k meetings up to this round
    begun = []  # at least one, by round
    for literal in busy:
        done = clauses.sum(done, [literal], meetings) if done else [literal]
        if len(done) > meetings:
            clauses.add(-done.pop())
        begun.append(done[0])
    clauses.add(done[meetings - 1])
    if not most:
        return []
    ends = []
    for at in range(2, len(busy)):
        end = clauses.new()
        clauses.add(end, -busy[at], busy[at - 1], -begun[at - 2])
        for needed in (busy[at], -busy[at - 1], begun[at - 2]):
            clauses.add(-end, needed)
        ends.append(end)
    counts = clauses.count(ends, most)[:most]
    for at in range(len(busy) - meetings):
        clauses.add(counts[0], -begun[at], -busy[at + meetings])
    return counts


def _limit_spread(clauses: Clauses, breaks: list[list[int]], spread: int) -> None:
    """Where somebody has more than ``spread`` + k breaks, everybody has more than k."""
    fewest = min(map(len, breaks), default=0)
    everybody = [clauses.new() for _ in range(fewest)]
    for counts in breaks:
        for floor, literal in zip(everybody, counts, strict=False):
            clauses.add(-floor, literal)
        for k, literal in enumerate(counts[spread:]):
            clauses.add(-literal, *everybody[k : k + 1])
