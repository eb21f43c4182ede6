"""Which table, where the problem is small enough to decide it together with all the rest."""

from collections import defaultdict
from collections.abc import Sequence

from matchmaking.engine.given_tables import given_tables
from matchmaking.engine.grid_rows import Grid
from matchmaking.engine.problem import Problem
from matchmaking.engine.rows import Rows, Stage, ones, total

Seats = dict[tuple[int, int, int], int]
"""The column of each meeting in a round at a table."""


def seats(grid: Grid, problem: Problem) -> tuple[Seats, list[Stage]]:
    """And the moves.

    Somebody is at a table from one meeting there until the next meeting elsewhere; leaving it is a move.
    """
    rows = grid.rows
    given = given_tables(problem)
    at: Seats = {}
    once: dict[tuple[int, int], list[int]] = defaultdict(list)
    theirs: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for (number, when), column in grid.at.items():
        mine = []
        for table in sorted(set(problem.tables[when])):
            if given.get((number, when), table) != table:
                continue
            sits = at[number, when, table] = rows.column()
            mine.append(sits)
            once[when, table].append(sits)
            for participant in problem.pair(number):
                theirs[participant, when, table].append(sits)
        rows.equal([(column, -1), *ones(mine)])
    for columns in once.values():
        rows.at_most(1, ones(columns))
    moves = [
        column
        for number, participant in enumerate(problem.participants)
        if participant.stays
        for column in _leaves(rows, problem, number, theirs)
    ]
    return at, [Stage(level="moves", terms=[(column, -1) for column in moves], most=0)]


def _leaves(rows: Rows, problem: Problem, participant: int, theirs: dict[tuple[int, int, int], list[int]]) -> list[int]:
    """A column for each round, 1 where this participant is elsewhere than in the round before."""
    tables = sorted({table for names in problem.tables for table in names})
    before: dict[int, int] = {}
    leaving = []
    for when in range(problem.rounds):
        sits = {table: theirs.get((participant, when, table), []) for table in tables}
        anywhere = [column for columns in sits.values() for column in columns]
        now = {table: _is_at(rows, sits[table], anywhere, before.get(table)) for table in tables}
        rows.at_most(1, ones(now.values()))
        if before:
            pairs = [(before[table], now[table]) for table in tables]
            left = _any_left(rows, pairs)
            for was, here in pairs:
                rows.at_most(0, [(was, 1), (here, -1), (left, -1)])
            leaving.append(left)
        before = now
    return leaving


def _any_left(rows: Rows, pairs: list[tuple[int, int]]) -> int:
    return rows.column(of=lambda values: int(any(values[was] > values[here] for was, here in pairs)))


def _is_at(rows: Rows, sits: list[int], anywhere: list[int], before: int | None) -> int:
    def follows(values: Sequence[int]) -> int:
        if total(ones(anywhere), values):
            return total(ones(sits), values)
        return values[before] if before is not None else 0

    column = rows.column(of=follows)
    rows.at_most(0, [*ones(sits), (column, -1)])
    return column
