"""Which table for each meeting, so that those who would like to stay move little.

First a round at a time, each the best answer to the rounds before it (an assignment problem). Then annealing: two
tables exchange what they have over some rounds in a row, so that somebody who moves would stay.
"""

from collections import defaultdict
from collections.abc import Mapping
from math import exp
from random import Random

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment

from matchmaking.engine.given_tables import given_tables
from matchmaking.engine.problem import Placed, Problem
from matchmaking.engine.swaps import Swaps
from matchmaking.engine.task import Task

STAY, HOME, NEVER = 10_000, 1, 10_000_000
HOT, COLD = 1.0, 0.15
LOOK_AT_TIME = 128


def seat(task: Task, rounds: Mapping[int, int], *, steps: int) -> tuple[Placed, ...]:
    """Every meeting gets a table of its round; what is fixed or stays as announced has its own (``given_tables``)."""
    swaps = Swaps(task.problem, rounds, _first(task.problem, rounds))
    random = Random(task.seed)  # noqa: S311 - a search, not a secret
    best, least, heat = dict(swaps.tables), swaps.moves, HOT
    for step in range(steps if swaps.wanted else 0):
        if not step % LOOK_AT_TIME:
            heat = HOT * (COLD / HOT) ** (step / steps)
            if not least or not task.watch.left:
                break
        exchange = swaps.propose(random)
        if exchange is None or (exchange.cost > 0 and random.random() >= exp(-exchange.cost / heat)):
            continue
        swaps.make(exchange)
        if swaps.moves < least:
            best, least = dict(swaps.tables), swaps.moves
    return tuple(sorted(Placed(round=at, meeting=number, table=best[number]) for number, at in rounds.items()))


def _first(problem: Problem, rounds: Mapping[int, int]) -> dict[int, int]:
    """Round by round: where people just were, where there is room for all their rounds."""
    given = given_tables(problem)
    home = _homes(problem, rounds)
    last: dict[int, int] = {}
    tables: dict[int, int] = {}
    for at in range(problem.rounds):
        names = sorted(set(problem.tables[at]))
        place = {table: column for column, table in enumerate(names)}
        inside = sorted(number for number, when in rounds.items() if when == at)
        cost: NDArray[np.int64] = np.zeros((len(names), len(names)), dtype=np.int64)
        for row, number in enumerate(inside):
            stay = [each for each in problem.pair(number) if problem.participants[each].stays]
            for liked, worth in (
                *((last.get(each), STAY) for each in stay),
                *((home[each], HOME) for each in stay),
            ):
                if liked in place:
                    cost[row, place[liked]] -= worth
            if (number, at) in given:
                cost[row] += NEVER
                cost[row, place[given[number, at]]] -= NEVER
        for number, table in zip(inside, _assigned(cost, names), strict=False):
            tables[number] = table
            last |= dict.fromkeys(problem.pair(number), table)
    return tables


def _homes(problem: Problem, rounds: Mapping[int, int]) -> dict[int, int]:
    """A table for each who would like to stay, where few others are in the same rounds."""
    masks: dict[int, int] = defaultdict(int)
    for number, at in rounds.items():
        for participant in problem.pair(number):
            if problem.participants[participant].stays:
                masks[participant] |= 1 << at
    taken: dict[int, list[int]] = {table: [] for table in sorted({each for names in problem.tables for each in names})}
    homes = {}
    for participant in sorted(masks, key=lambda each: (-masks[each].bit_count(), each)):
        mine = masks[participant]
        homes[participant] = min(taken, key=lambda table: sum((mine & other).bit_count() for other in taken[table]))
        taken[homes[participant]].append(mine)
    return homes


def _assigned(cost: NDArray[np.int64], names: list[int]) -> list[int]:
    """The name of the column of each row, all different, at the least cost."""
    rows, columns = np.indices(cost.shape)
    solver = SimpleLinearSumAssignment()
    solver.add_arcs_with_cost(rows.ravel(), columns.ravel(), cost.ravel())
    solver.solve()
    return [names[solver.right_mate(row)] for row in range(len(names))]
