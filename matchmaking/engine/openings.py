"""In which rounds each meeting can still be, once what is fixed has taken its places."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from matchmaking.engine.problem import Problem

Claim = tuple[str, int, int]


class Openings(Struct, frozen=True, kw_only=True):
    """``rounds`` of each meeting (of a fixed one: its own). ``must``: those that every plan holds.

    ``contradiction``: what is fixed or required cannot all be held, whatever else is decided.
    """

    rounds: tuple[tuple[int, ...], ...]
    must: frozenset[int]
    contradiction: bool

    @property
    def pairs(self) -> int:
        """How many decisions there are."""
        return sum(map(len, self.rounds))


def openings(problem: Problem) -> Openings:
    """Only what follows at once: a meeting may have an open round and still be impossible."""
    fixed = {place.meeting: place.round for place in problem.fixed if 0 <= place.round < problem.rounds}
    must = {place.meeting for place in problem.fixed}
    must.update(number for number, meeting in enumerate(problem.meetings) if meeting.required)
    claims = Counter(_claims(problem, fixed))
    free = [_rounds(problem, participant) for participant in range(len(problem.participants))]
    left = list(free)
    for number, at in fixed.items():
        for participant in problem.pair(number):
            left[participant] &= ~(1 << at)
    held = Counter(each for number in fixed for each in problem.pair(number))
    for participant, asked in enumerate(problem.participants):
        if asked.most is not None and held[participant] >= asked.most:
            left[participant] = 0
    in_round = Counter(fixed.values())
    tables = sum((len(set(names)) > in_round[at]) << at for at, names in enumerate(problem.tables))
    tables &= ~((1 << problem.past) - 1)
    shut = {number for group in problem.exclusive if fixed.keys() & set(group) for number in group}
    shut.update(number for number, meeting in enumerate(problem.meetings) if meeting.forbidden)
    never = {first for first, second in problem.before if first == second}
    rounds: list[tuple[int, ...]] = []
    for number, meeting in enumerate(problem.meetings):
        mask = -1 if meeting.rounds is None else sum(1 << each for each in set(meeting.rounds) if each >= 0)
        if meeting.a == meeting.b or number in never:
            mask = 0
        elif number in fixed:
            mask &= free[meeting.a] & free[meeting.b] & 1 << fixed[number] if not meeting.forbidden else 0
        else:
            mask &= left[meeting.a] & left[meeting.b] & tables if number not in shut else 0
        rounds.append(_numbers(mask))
    contradiction = (
        any(many > 1 for many in claims.values())
        or any(not rounds[number] for number in must)
        or any(place.meeting not in fixed for place in problem.fixed)
    )
    return Openings(rounds=tuple(rounds), must=frozenset(must), contradiction=contradiction)


def _rounds(problem: Problem, participant: int) -> int:
    """As bits, those in which this one can be there."""
    return ((1 << problem.rounds) - 1) & ~sum(
        1 << each for each in set(problem.participants[participant].busy) if each >= 0
    )


@lru_cache(maxsize=1 << 14)
def _numbers(mask: int) -> tuple[int, ...]:
    return tuple(number for number in range(mask.bit_length()) if mask >> number & 1)


def _claims(problem: Problem, fixed: dict[int, int]) -> Iterator[Claim]:
    """What can be had once, each time that something fixed has it; what cannot be had, twice."""
    for number, at in fixed.items():
        yield from (("participant", participant, at) for participant in problem.pair(number))
    yield from (("meeting", number, 0) for number, _at in {(place.meeting, place.round) for place in problem.fixed})
    for number, at, table in {(each.meeting, each.round, each.table) for each in problem.fixed}:
        if table is not None:
            yield from (("table", table, at), ("table of", number, 0))
            if not 0 <= at < problem.rounds or table not in problem.tables[at]:
                yield "table", table, at
    for at, many in Counter(fixed.values()).items():
        if many > len(set(problem.tables[at])):
            yield from [("tables", at, 0)] * 2
    for number, group in enumerate(problem.exclusive):
        yield from (("group", number, 0) for _each in fixed.keys() & set(group))
