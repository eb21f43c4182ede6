"""What can be held at once of what is known already, and whether a plan holds all that it must."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from matchmaking.engine.openings import Openings
from matchmaking.engine.problem import Problem
from matchmaking.engine.timetable import Timetable


def baseline(problem: Problem, opened: Openings, wanted: Iterable[tuple[int, int]]) -> dict[int, int]:
    """What is fixed, then each wanted meeting in its round if the rules still allow it."""
    table = Timetable(problem, opened)
    many: Counter[int] = Counter()
    groups: dict[int, list[int]] = {}
    for group, numbers in enumerate(problem.exclusive):
        for number in numbers:
            groups.setdefault(number, []).append(group)
    full: set[int] = set()
    fixed = [(number, opened.rounds[number][0]) for number in sorted(table.pinned)]
    for number, at in (*fixed, *wanted):
        mine = groups.get(number, [])
        if (
            number in table.rounds
            or at not in opened.rounds[number]
            or table.full(at)
            or table.in_the_way(number, at)
            or not full.isdisjoint(mine)
            or any(many[each] >= _most(problem, each) for each in table.pairs[number])
        ):
            continue
        table.put(number, at)
        many.update(table.pairs[number])
        full.update(mine)
    return table.rounds


def eager(problem: Problem, opened: Openings) -> Iterator[tuple[int, int]]:
    """Every meeting in every round, those first that somebody must have, then those that bring much."""
    musts = {number for wish in problem.wishes if wish.must for number in wish.meetings}
    obliged = opened.must

    def first(number: int) -> tuple[bool, bool, int, int]:
        return number not in obliged, number not in musts, -problem.meetings[number].value, number

    for number in sorted(range(len(problem.meetings)), key=first):
        for at in opened.rounds[number]:
            yield number, at


def complete(problem: Problem, opened: Openings, rounds: Mapping[int, int]) -> bool:
    """Whether all that must be is held, and nobody has too few."""
    many = Counter(each for number in rounds for each in problem.pair(number))
    return opened.must <= rounds.keys() and all(
        many[number] >= participant.least for number, participant in enumerate(problem.participants)
    )


def _most(problem: Problem, participant: int) -> int:
    most = problem.participants[participant].most
    return problem.rounds if most is None else most
