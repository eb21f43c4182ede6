"""Which meetings and when: a column for each meeting and round, and the rows of the hard rules."""

from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct

from matchmaking.engine.choice_rows import hold
from matchmaking.engine.openings import Openings
from matchmaking.engine.problem import Problem
from matchmaking.engine.rows import Rows, Stage, Terms, ones, total


class Grid(Struct, frozen=True, kw_only=True):
    """``at``: the column of each meeting in each of its rounds. ``held``: of each meeting, None: never."""

    rows: Rows
    at: dict[tuple[int, int], int]
    held: list[int | None]

    def placed(self, columns: list[int]) -> dict[int, int]:
        """The round of each meeting that is held."""
        return {number: each for (number, each), column in self.at.items() if columns[column]}

    def columns(self, rounds: Mapping[int, int]) -> list[int]:
        """The columns of a plan."""
        return self.rows.completed({column: int(rounds.get(number) == at) for (number, at), column in self.at.items()})


def grid(problem: Problem, opened: Openings) -> Grid:
    """Exactly the plans, tables aside: where a round has enough of them, who gets which is decided later."""
    rows = Rows()
    at = {(number, each): rows.column() for number, open_ in enumerate(opened.rounds) for each in open_}
    held: list[int | None] = []
    for number, open_ in enumerate(opened.rounds):
        if len(open_) > 1:
            column = rows.whether(ones(at[number, each] for each in open_))
            rows.equal([(column, -1), *ones(at[number, each] for each in open_)])
            held.append(column)
        else:
            held.append(at[number, open_[0]] if open_ else None)
    hold(rows, problem, opened, held)
    for columns in _by_participant(problem, at).values():
        rows.at_most(1, ones(columns))
    a_round: dict[int, list[int]] = defaultdict(list)
    for (_number, each), column in at.items():
        a_round[each].append(column)
    for each, columns in a_round.items():
        rows.at_most(len(set(problem.tables[each])), ones(columns))
    for first, second in set(problem.before):
        for each in range(problem.rounds):
            late = [at[first, when] for when in opened.rounds[first] if when >= each]
            early = [at[second, when] for when in opened.rounds[second] if when <= each]
            if late and early:
                rows.at_most(1, ones([*late, *early]))
    return Grid(rows=rows, at=at, held=held)


def kept(grid: Grid, problem: Problem) -> list[Stage]:
    """Announced meetings in their rounds, if any were."""
    announced = {(place.meeting, place.round) for place in problem.announced}
    columns = [grid.at[each] for each in sorted(announced) if each in grid.at]
    return [Stage(level="kept", terms=ones(columns), most=len(columns))] if announced else []


def breaks(grid: Grid, problem: Problem) -> list[Stage]:
    """What exceeds the spread, then how many there are.

    A sequence begins where somebody meets and did not meet just before: one break less than sequences.
    """
    rows, longest = grid.rows, (problem.rounds + 1) // 2
    busy = _by_participant(problem, grid.at)
    every_one: Terms = []
    each_ones: list[Terms] = []
    for participant in range(len(problem.participants)):
        mine = [busy.get((participant, each), []) for each in range(problem.rounds)]
        counted: Terms = []
        for before, now in zip([[], *mine], mine, strict=False):
            if not now:
                continue
            begins = rows.whether([*ones(now), *((column, -1) for column in before)])
            counted.append((begins, 1))
            rows.at_most(0, [*ones(now), *((column, -1) for column in before), (begins, -1)])
            rows.at_most(0, [(begins, 1), *((column, -1) for column in now)])
            rows.at_most(1, [(begins, 1), *ones(before)])
        if counted:
            every = [column for now in mine for column in now]
            meets = rows.whether(ones(every))
            rows.at_most(0, [*((column, 1) for column in every), (meets, -problem.rounds)])
            rows.at_most(0, [(meets, 1), *((column, -1) for column in every)])
            counted.append((meets, -1))
        each_ones.append(counted)
        every_one += counted
    number = Stage(level="breaks", terms=[(column, -factor) for column, factor in every_one], most=0)
    spread = problem.spread
    if spread is None or not each_ones:
        return [Stage(level="breaks", terms=[], most=0), number]
    fewest = rows.column(0, longest, of=lambda values: min(total(terms, values) for terms in each_ones))
    most = rows.column(0, longest, of=lambda values: max(total(terms, values) for terms in each_ones))
    over = rows.column(0, longest, of=lambda values: max(0, values[most] - values[fewest] - spread))
    for counted in each_ones:
        rows.at_most(0, [*counted, (most, -1)])
        rows.at_most(0, [(fewest, 1), *((column, -factor) for column, factor in counted)])
    rows.at_most(spread, [(most, 1), (fewest, -1), (over, -1)])
    return [Stage(level="breaks", terms=[(over, -1)], most=0), number]


def _by_participant(problem: Problem, at: dict[tuple[int, int], int]) -> dict[tuple[int, int], list[int]]:
    """The columns of each participant in each round."""
    mine: dict[tuple[int, int], list[int]] = defaultdict(list)
    for (number, each), column in at.items():
        meeting = problem.meetings[number]
        mine[meeting.a, each].append(column)
        mine[meeting.b, each].append(column)
    return mine
