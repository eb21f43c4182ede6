"""The smallest change after which a meeting can be held beside all that are."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain

from matchmaking.engine.problem import Placed
from matchmaking.engine.remedy import AddRound, AddTable, Allow, Change, Free, Open, Raise, Split, Step, Unorder
from matchmaking.engine.standing import Standing, bits

MOST_STEPS = 2
"""What takes more is no advice."""
Hurdle = tuple[int, Callable[[int], Step]]
"""The rounds in which it stands in the way, and what would take it away in one of them."""


def nearest(standing: Standing, number: int) -> Change | None:
    """Of the changes of at most two steps, at most one other meeting moving, one of the least weight.

    ``number`` is not held. None: no such change. Nothing moves that is fixed or stays where it was announced.
    Cost: O(rounds), with a small factor of the rounds in which one of the two has a meeting.
    """
    meeting = standing.problem.meetings[number]
    general = tuple(_whenever(standing, number))
    if meeting.a == meeting.b or len(general) > MOST_STEPS:
        return None
    found = chain(
        _beside(standing, number, general), _moving(standing, number, general), _later(standing, number, general)
    )
    return min(found, key=lambda change: (change.weight, change.hold.round), default=None)


def _whenever(standing: Standing, number: int) -> Iterator[Step]:
    meeting = standing.problem.meetings[number]
    if meeting.forbidden:
        yield Allow(number)
    for group in standing.rivals(number):
        yield Split(number, group)
    for participant in (meeting.a, meeting.b):
        if standing.sated(participant):
            yield Raise(participant)


def _hurdles(standing: Standing, number: int) -> list[Hurdle]:
    """Tables aside."""
    meeting = standing.problem.meetings[number]
    found: list[Hurdle] = [
        (standing.away[participant], partial(Free, participant))
        for participant in (meeting.a, meeting.b)
        if standing.away[participant]
    ]
    if outside := standing.every & ~standing.own(number):
        found.append((outside, lambda at: Open(number, at)))
    for pair, mask in standing.misordered(number):
        found.append((mask, _whichever(Unorder(*pair))))
    return found


def _whichever(step: Step) -> Callable[[int], Step]:
    """The same in every round."""
    return lambda _at: step


def _unoccupied(standing: Standing, number: int) -> int:
    meeting = standing.problem.meetings[number]
    return standing.open_ & ~standing.taken[meeting.a] & ~standing.taken[meeting.b]


def _fewest(rounds: int, hurdles: Iterable[Hurdle], limit: int) -> Iterator[tuple[int, tuple[Step, ...]]]:
    """Of the rounds those with the fewest hurdles, if there are at most ``limit``, with the steps they take."""
    hurdles = list(hurdles)
    by_count = [rounds] + [0] * limit
    for mask, _step in hurdles:
        for count in range(limit, 0, -1):
            by_count[count] = (by_count[count] & ~mask) | (by_count[count - 1] & mask)
        by_count[0] &= ~mask
    for at in bits(next((mask for mask in by_count if mask), 0)):
        yield at, tuple(step(at) for mask, step in hurdles if mask >> at & 1)


def _beside(standing: Standing, number: int, general: tuple[Step, ...]) -> Iterator[Change]:
    """Where both have nothing."""
    hurdles = [*_hurdles(standing, number), _no_table(standing)]
    for at, steps in _fewest(_unoccupied(standing, number), hurdles, MOST_STEPS - len(general)):
        hold = Placed(round=at, meeting=number, table=_table(standing, at))
        yield Change(hold=hold, steps=(*general, *steps))


def _moving(standing: Standing, number: int, general: tuple[Step, ...]) -> Iterator[Change]:
    """Where one meeting of theirs is, which moves to another round and leaves its table."""
    meeting = standing.problem.meetings[number]
    mine, theirs = standing.mine[meeting.a], standing.mine[meeting.b]
    hurdles = _hurdles(standing, number)
    for at in bits(standing.open_ & (standing.taken[meeting.a] | standing.taken[meeting.b])):
        there = {each for each in (mine.get(at), theirs.get(at)) if each is not None}
        steps = (*general, *(step(at) for mask, step in hurdles if mask >> at & 1))
        if len(there) > 1 or there & standing.pinned or len(steps) > MOST_STEPS:
            continue
        (other,) = there
        if any(number in pair for pair in standing.pairs.get(other, ())):
            continue
        elsewhere = [*_hurdles(standing, other), _no_table(standing)]
        for to, more in _fewest(_unoccupied(standing, other), elsewhere, MOST_STEPS - len(steps)):
            hold = Placed(round=at, meeting=number, table=standing.places[other].table)
            moved = Placed(round=to, meeting=other, table=_table(standing, to))
            yield Change(hold=hold, steps=(*steps, *more), moved=(moved,))


def _later(standing: Standing, number: int, general: tuple[Step, ...]) -> Iterator[Change]:
    """In a round that is added after the last, with its tables."""
    problem = standing.problem
    tables = problem.tables[-1] if problem.tables else ()
    numbers = tables or tuple(sorted({table for each in problem.tables for table in each})) or (1,)
    at = problem.rounds
    unordered = [
        Unorder(*pair)
        for pair in standing.pairs.get(number, ())
        if pair[0] == number and pair[1] in {*standing.rounds, number}
    ]
    opened = [] if problem.meetings[number].rounds is None else [Open(number, at)]
    steps = (AddRound(numbers), *opened, *unordered, *general)
    if len(steps) <= MOST_STEPS:
        yield Change(hold=Placed(round=at, meeting=number, table=numbers[0]), steps=steps)


def _no_table(standing: Standing) -> Hurdle:
    return standing.full, lambda at: AddTable(at, standing.new_table[at])


def _table(standing: Standing, at: int) -> int:
    """That a meeting takes there, once there is one."""
    free = standing.free_table[at]
    return standing.new_table[at] if free is None or standing.full >> at & 1 else free
