"""Which meetings, with time left out as far as it may be: a network, so that its relaxation is nearly always whole.

What a meeting needs at one of its two sides is a round of that participant, and each round has so many tables. What
the other side needs is only counted: nobody has more meetings than rounds. Everything here is true of every plan, so
what is best here bounds the plans.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from matchmaking.engine.openings import Openings
from matchmaking.engine.problem import Problem
from matchmaking.engine.rows import Rows, Stage, ones
from matchmaking.engine.sides import sides
from matchmaking.engine.wishes import gains


def hold(rows: Rows, problem: Problem, opened: Openings, held: Sequence[int | None]) -> None:
    """What each participant and each group may have and must have, whenever it is."""
    for participant, numbers in enumerate(of_participants(problem)):
        mine = ones(column for number in numbers if (column := held[number]) is not None)
        asked = problem.participants[participant]
        most = len(mine) if asked.most is None else asked.most
        rows.at_most(most, mine, low=max(0, asked.least))
    for group in problem.exclusive:
        rows.at_most(1, ones(column for number in set(group) if (column := held[number]) is not None))
    for number in opened.must:
        column = held[number]
        if column is not None:
            rows.ends[column] = (1, 1)


def of_participants(problem: Problem) -> list[list[int]]:
    """The meetings of each."""
    mine: list[list[int]] = [[] for _ in problem.participants]
    for number, meeting in enumerate(problem.meetings):
        mine[meeting.a].append(number)
        mine[meeting.b].append(number)
    return mine


HALF = 0.5


class Choice:
    """The rows that are true of all plans, and what is asked of them."""

    def __init__(self, problem: Problem, opened: Openings) -> None:
        self.rows = Rows()
        self.held: list[int | None] = [self.rows.column() if open_ else None for open_ in opened.rounds]
        hold(self.rows, problem, opened, self.held)
        self._used = _fit_rounds(self.rows, problem, opened, self.held)
        self._stays, kept = _kept(self.rows, problem, opened, self.held)
        self._problem = problem
        self.stages = [*kept, *gains(self.rows, problem, self.held)]

    def staying(self, point: Sequence[float]) -> dict[int, int]:
        """The announced meetings that this keeps where they were."""
        return {number: at for (number, at), column in self._stays.items() if point and point[column] > HALF}

    def columns(self, rounds: Mapping[int, int]) -> list[int]:
        """Those of a plan."""
        decided = {column: int(number in rounds) for number, column in enumerate(self.held) if column is not None}
        decided |= {column: int(rounds.get(number) == at) for (number, at), column in self._stays.items()}
        busy = {(each, at) for number, at in rounds.items() for each in self._problem.pair(number)}
        decided |= {column: int(when in busy) for when, column in self._used.items()}
        return self.rows.completed(decided)


def _kept(
    rows: Rows, problem: Problem, opened: Openings, held: Sequence[int | None]
) -> tuple[dict[tuple[int, int], int], list[Stage]]:
    """Announced meetings in their rounds: at most one a participant and round, and as many as there are tables."""
    stays: dict[tuple[int, int], int] = {}
    once: dict[tuple[int, int], list[int]] = defaultdict(list)
    a_round: dict[int, list[int]] = defaultdict(list)
    for number, at in sorted({(place.meeting, place.round) for place in problem.announced}):
        column = held[number]
        if column is None or at not in opened.rounds[number]:
            continue
        here = stays[number, at] = rows.column()
        rows.at_most(0, [(here, 1), (column, -1)])
        for participant in problem.pair(number):
            once[participant, at].append(here)
        a_round[at].append(here)
    for each in once.values():
        rows.at_most(1, ones(each))
    for at, each in a_round.items():
        rows.at_most(len(set(problem.tables[at])), ones(each))
    stages = [Stage(level="kept", terms=ones(stays.values()), most=len(stays))] if problem.announced else []
    return stays, stages


def _fit_rounds(
    rows: Rows, problem: Problem, opened: Openings, held: Sequence[int | None]
) -> dict[tuple[int, int], int]:
    """The columns that say whether a participant has a meeting in a round, where that counts."""
    weights = sides(problem, opened)
    used: dict[tuple[int, int], int] = {}
    tables: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for participant, numbers in enumerate(of_participants(problem)):
        masks = {number: sum(1 << each for each in opened.rounds[number]) for number in numbers}
        union = {each for number in numbers for each in opened.rounds[number]}
        must = [opened.rounds[number] for number in numbers if number in opened.must]
        pinned = {each[0] for each in must if len(each) == 1}
        if weights[participant]:
            for at in sorted(union):
                used[participant, at] = rows.column(low=at in pinned)
                tables[at].append((used[participant, at], weights[participant]))
            mine = ((column, 1) for number in numbers if (column := held[number]) is not None)
            rows.equal([*mine, *((used[participant, at], -1) for at in sorted(union))])
        for mask in sorted({*masks.values(), sum(1 << each for each in union)}):
            inside = [held[number] for number, each in masks.items() if each and not each & ~mask]
            rows.at_most(mask.bit_count(), ones(column for column in inside if column is not None))
    for at, terms in tables.items():
        rows.at_most(2 * len(set(problem.tables[at])), terms)
    return used
