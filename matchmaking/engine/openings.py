"""In which rounds each meeting can still be, once what is fixed has taken its places."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from msgspec import Struct

from matchmaking.engine.problem import Problem


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
    fixed = {place.meeting: place.round for place in problem.fixed}
    must = frozenset(fixed) | {number for number, meeting in enumerate(problem.meetings) if meeting.required}
    before_fixed = [_own_rounds(problem, number, fixed) for number in range(len(problem.meetings))]
    taken, held, room = _occupied(problem, fixed)
    closed = _closed(problem, fixed, held)
    rounds: list[tuple[int, ...]] = []
    for number, meeting in enumerate(problem.meetings):
        if number in fixed:
            rounds.append(tuple(before_fixed[number] & {fixed[number]}))
        elif number in closed:
            rounds.append(())
        else:
            busy = taken[meeting.a] | taken[meeting.b]
            rounds.append(tuple(sorted(each for each in before_fixed[number] - busy if room[each] > 0)))
    contradiction = (
        any(not rounds[number] for number in must)
        or any(many > 1 for many in _clashes(problem, fixed).values())
        or any(number < 0 for number in room)
        or any(number >= problem.rounds or number < 0 for number in fixed.values())
    )
    return Openings(rounds=tuple(rounds), must=must, contradiction=contradiction)


def _own_rounds(problem: Problem, number: int, fixed: dict[int, int]) -> frozenset[int]:
    meeting = problem.meetings[number]
    if meeting.forbidden or meeting.a == meeting.b or (number, number) in problem.before:
        return frozenset()
    first = 0 if number in fixed else problem.past
    allowed = range(problem.rounds) if meeting.rounds is None else meeting.rounds
    busy = {*problem.participants[meeting.a].busy, *problem.participants[meeting.b].busy}
    return frozenset(each for each in allowed if first <= each < problem.rounds and each not in busy)


def _occupied(problem: Problem, fixed: dict[int, int]) -> tuple[dict[int, set[int]], Counter[int], list[int]]:
    """By what is fixed: the rounds of each participant, how many meetings they have, tables left in each round."""
    taken: dict[int, set[int]] = defaultdict(set)
    held: Counter[int] = Counter()
    room = [len(set(tables)) for tables in problem.tables]
    for number, at in fixed.items():
        for participant in set(problem.pair(number)):
            taken[participant].add(at)
            held[participant] += 1
        if 0 <= at < len(room):
            room[at] -= 1
    return taken, held, room


def _closed(problem: Problem, fixed: dict[int, int], held: Counter[int]) -> set[int]:
    """Those that nobody has a meeting left for, or whose group has one already."""
    closed = {number for group in problem.exclusive if fixed.keys() & set(group) for number in group}
    for number in range(len(problem.meetings)):
        for participant in problem.pair(number):
            most = problem.participants[participant].most
            if most is not None and held[participant] >= most:
                closed.add(number)
    return closed - fixed.keys()


def _clashes(problem: Problem, fixed: dict[int, int]) -> Counter[tuple[str, int, int]]:
    """What can be had once, and how often what is fixed has it."""
    return Counter(_claims(problem, fixed))


def _claims(problem: Problem, fixed: dict[int, int]) -> Iterator[tuple[str, int, int]]:
    for number, at in fixed.items():
        yield "participant", problem.meetings[number].a, at
        yield "participant", problem.meetings[number].b, at
    for place in {(each.meeting, each.round) for each in problem.fixed}:
        yield "meeting", place[0], 0
    for meeting, at, table in {(each.meeting, each.round, each.table) for each in problem.fixed}:
        if table is not None:
            yield "table", table, at
            yield "table of", meeting, 0
            if not 0 <= at < problem.rounds or table not in problem.tables[at]:
                yield "table", table, at
    for number, group in enumerate(problem.exclusive):
        for _each in fixed.keys() & set(group):
            yield "group", number, 0
