"""Which meetings, with time left out as far as it may be: a network, so that its relaxation is nearly always whole.

What a meeting needs at one of its two sides is a round of that participant, and each round has so many tables. What
the other side needs is only counted: nobody has more meetings than rounds. Everything here is true of every plan, so
what is best here bounds the plans.
"""

from collections import defaultdict
from collections.abc import Sequence

from matchmaking.engine.openings import Openings
from matchmaking.engine.problem import Problem
from matchmaking.engine.rows import Rows, Stage, ones

Held = list[int | None]


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


def choice(problem: Problem, opened: Openings) -> tuple[Rows, Held]:
    """The rows, and the column of each meeting."""
    rows = Rows()
    held: Held = [rows.column() if opened.rounds[number] else None for number in range(len(problem.meetings))]
    hold(rows, problem, opened, held)
    _fit_rounds(rows, problem, opened, held)
    return rows, held


def kept(rows: Rows, problem: Problem, opened: Openings, held: Held) -> list[Stage]:
    """Announced meetings in their rounds: at most one a participant and round, and as many as there are tables."""
    if not problem.announced:
        return []
    once: dict[tuple[int, int], list[int]] = defaultdict(list)
    a_round: dict[int, list[int]] = defaultdict(list)
    columns = []
    for place in {(each.meeting, each.round): each for each in problem.announced}.values():
        column = held[place.meeting]
        if column is None or place.round not in opened.rounds[place.meeting]:
            continue
        stays = rows.column()
        columns.append(stays)
        rows.at_most(0, [(stays, 1), (column, -1)])
        meeting = problem.meetings[place.meeting]
        once[meeting.a, place.round].append(stays)
        once[meeting.b, place.round].append(stays)
        a_round[place.round].append(stays)
    for each in once.values():
        rows.at_most(1, ones(each))
    for number, each in a_round.items():
        rows.at_most(len(set(problem.tables[number])), ones(each))
    return [Stage(level="kept", terms=ones(columns), most=len(columns))]


def _fit_rounds(rows: Rows, problem: Problem, opened: Openings, held: Held) -> None:
    sides = _sides(problem, opened)
    tables: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for participant, numbers in enumerate(of_participants(problem)):
        mine = [number for number in numbers if opened.rounds[number]]
        masks = {number: sum(1 << each for each in opened.rounds[number]) for number in mine}
        pinned = {
            opened.rounds[number][0] for number in mine if number in opened.must if len(opened.rounds[number]) == 1
        }
        union = sorted({each for number in mine for each in opened.rounds[number]})
        if sides[participant]:
            used = {each: rows.column(low=each in pinned) for each in union}
            rows.equal(
                [
                    *((column, 1) for number in mine if (column := held[number]) is not None),
                    *((column, -1) for column in used.values()),
                ]
            )
            for each, column in used.items():
                tables[each].append((column, sides[participant]))
        for mask in {*masks.values(), sum(1 << each for each in union)}:
            inside = [number for number in mine if not masks[number] & ~mask]
            rows.at_most(mask.bit_count(), ones(column for number in inside if (column := held[number]) is not None))
    for each, terms in tables.items():
        rows.at_most(2 * len(set(problem.tables[each])), terms)


def _sides(problem: Problem, opened: Openings) -> list[int]:
    """What a participant's round weighs against twice the tables.

    Where participants fall into two sides, 2 on the smaller one and 0 on the other (each meeting has one of either);
    else 1, since each meeting has two.
    """
    near: dict[int, set[int]] = defaultdict(set)
    for number, meeting in enumerate(problem.meetings):
        if opened.rounds[number]:
            near[meeting.a].add(meeting.b)
            near[meeting.b].add(meeting.a)
    weights = [0] * len(problem.participants)
    side: dict[int, bool] = {}
    for start in near:
        if start in side:
            continue
        side[start] = True
        part, two = [start], True
        for each in part:
            for other in near[each]:
                if other not in side:
                    side[other] = not side[each]
                    part.append(other)
                two = two and side[other] != side[each]
        counted = sum(side[each] for each in part)
        smaller = counted <= len(part) - counted
        for each in part:
            weights[each] = (2 if side[each] == smaller else 0) if two else 1
    return weights
