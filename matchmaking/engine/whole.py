"""A small problem as a whole: CP-SAT over every meeting, round and, where they are few enough, table."""

from msgspec import Struct

from matchmaking.engine.climbing import climb
from matchmaking.engine.grid_rows import breaks, grid, kept
from matchmaking.engine.ledger import Ledger
from matchmaking.engine.problem import Placed
from matchmaking.engine.seat_rows import Seats, seats
from matchmaking.engine.seats import seat
from matchmaking.engine.task import Task
from matchmaking.engine.wishes import gains

TINY, MANY = 150, 8
"""Pairs up to which one way of searching is enough; beyond, several take turns, so the answer is the same each time."""
WITH_TABLES = 1_000
"""Triples of meeting, round and table that are decided together."""


class Whole(Struct, frozen=True, kw_only=True):
    """``held`` has its tables if they were decided."""

    held: tuple[Placed, ...] | None
    infeasible: bool = False


def solve_whole(task: Task, best: dict[int, int] | None, known: list[int], ledger: Ledger) -> Whole:
    """``best``: a plan to begin with. ``known``: what the first stages do not exceed."""
    problem = task.problem
    cells = grid(problem, task.opened)
    stages = [*kept(cells, problem), *gains(cells.rows, problem, cells.held), *breaks(cells, problem)]
    tables: Seats = {}
    if sum(len(problem.tables[at]) for _number, at in cells.at) <= WITH_TABLES:
        tables, more = seats(cells, problem)
        stages += more
    decided = None
    if best is not None:
        held = seat(task, best, steps=0) if tables else ()
        sits = {(place.meeting, place.round, place.table) for place in held}
        decided = {column: int(best.get(number) == at) for (number, at), column in cells.at.items()}
        decided |= {column: int(each in sits) for each, column in tables.items()}
    answer = climb(
        cells.rows,
        stages,
        watch=task.watch,
        seed=task.seed,
        start=None if decided is None else cells.rows.completed(decided),
        known=known,
        workers=1 if task.opened.pairs <= TINY else MANY,
        told=lambda number, reached, bound: ledger.note(number, reached=reached, bound=bound),
    )
    columns = answer.columns
    if columns is None:
        return Whole(held=None, infeasible=answer.infeasible)
    if tables:
        held = tuple(
            Placed(round=at, meeting=number, table=table)
            for (number, at, table), column in tables.items()
            if columns[column]
        )
    else:
        held = tuple(Placed(round=at, meeting=number) for (number, at), column in cells.at.items() if columns[column])
    return Whole(held=held)
