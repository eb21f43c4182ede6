"""Which table for each meeting, so that those who would like to stay move little.

A round at a time, each the best answer to the rounds around it (an assignment problem), over and over until no round
gets better; then from another beginning while there is time.
"""

from collections import defaultdict
from collections.abc import Mapping
from random import Random

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment

from matchmaking.engine.problem import Placed, Problem
from matchmaking.engine.score import scores
from matchmaking.engine.task import Task

STAY, TOLD, HOME, NEVER = 10_000, 100, 1, 10_000_000


def seat(task: Task, rounds: Mapping[int, int], *, tries: int) -> tuple[Placed, ...]:
    """Every meeting gets a table of its round; what is fixed gets the table that it was given."""
    random = Random(task.seed)  # noqa: S311 - a search, not a secret
    seats = _Seats(task.problem, rounds)
    best = seats.settled(random)
    fewest = scores(task.problem, best)["moves"]
    for _ in range(tries):
        if not any(fewest) or not task.watch.left:
            break
        other = seats.settled(random)
        moves = scores(task.problem, other)["moves"]
        if moves < fewest:
            best, fewest = other, moves
    return best


class _Seats:
    """The tables so far, and who would like which."""

    def __init__(self, problem: Problem, rounds: Mapping[int, int]) -> None:
        self.problem = problem
        self.inside: dict[int, list[int]] = defaultdict(list)
        for number, at in sorted(rounds.items()):
            self.inside[at].append(number)
        self.given = {place.meeting: place.table for place in problem.fixed if place.table is not None}
        self.told = {
            place.meeting: place.table
            for place in problem.announced
            if place.table is not None and rounds.get(place.meeting) == place.round
        }
        self.near = self._neighbours()

    def _neighbours(self) -> dict[int, list[int]]:
        """Of each meeting, the one before and the one after of each of the two who would like to stay."""
        near: dict[int, list[int]] = defaultdict(list)
        last: dict[int, int] = {}
        for at in sorted(self.inside):
            for number in self.inside[at]:
                meeting = self.problem.meetings[number]
                for participant in (meeting.a, meeting.b):
                    if not self.problem.participants[participant].stays:
                        continue
                    if participant in last:
                        near[number].append(last[participant])
                        near[last[participant]].append(number)
                    last[participant] = number
        return near

    def settled(self, random: Random) -> tuple[Placed, ...]:
        """From one beginning until nothing gets better."""
        tables: dict[int, int] = {}
        home = self._homes(random)
        order = sorted(self.inside)
        moved = True
        while moved:
            moved = False
            for at in order:
                before = [tables.get(number) for number in self.inside[at]]
                gain = self._gain(at, before, tables)
                self._assign(at, tables, home)
                after = [tables[number] for number in self.inside[at]]
                moved |= self._gain(at, list(after), tables) > gain
        return tuple(
            sorted(Placed(round=at, meeting=each, table=tables[each]) for at in order for each in self.inside[at])
        )

    def _gain(self, at: int, seats: list[int | None], tables: dict[int, int]) -> int:
        return sum(
            STAY * sum(tables.get(other) == table for other in self.near.get(number, ()))
            + TOLD * (self.told.get(number) == table)
            for number, table in zip(self.inside[at], seats, strict=True)
            if table is not None
        )

    def _homes(self, random: Random) -> dict[int, int]:
        """A table for each who would like to stay, where few others are in the same rounds."""
        rounds: dict[int, int] = defaultdict(int)
        for at, numbers in self.inside.items():
            for number in numbers:
                meeting = self.problem.meetings[number]
                for participant in (meeting.a, meeting.b):
                    if self.problem.participants[participant].stays:
                        rounds[participant] |= 1 << at
        taken: dict[int, list[int]] = {
            table: [] for table in sorted({each for row in self.problem.tables for each in row})
        }
        homes = {}
        for participant in sorted(rounds, key=lambda each: (-rounds[each].bit_count(), random.random())):
            mine = rounds[participant]
            table = min(taken, key=lambda each: sum((mine & other).bit_count() for other in taken[each]), default=0)
            homes[participant] = table
            taken[table].append(mine)
        return homes

    def _assign(self, at: int, tables: dict[int, int], home: dict[int, int]) -> None:
        names = sorted(set(self.problem.tables[at]))
        place = {table: number for number, table in enumerate(names)}
        cost: NDArray[np.int64] = np.zeros((len(names), len(names)), dtype=np.int64)
        for row, number in enumerate(self.inside[at]):
            meeting = self.problem.meetings[number]
            for liked, worth in (
                *((tables.get(other), STAY) for other in self.near.get(number, ())),
                (self.told.get(number), TOLD),
                (home.get(meeting.a), HOME),
                (home.get(meeting.b), HOME),
            ):
                if liked in place:
                    cost[row, place[liked]] -= worth
            if number in self.given:
                cost[row] += NEVER
                cost[row, place[self.given[number]]] -= NEVER
        rows, columns = np.indices(cost.shape)
        solver = SimpleLinearSumAssignment()
        solver.add_arcs_with_cost(rows.ravel(), columns.ravel(), cost.ravel())
        solver.solve()
        for row, number in enumerate(self.inside[at]):
            tables[number] = names[solver.right_mate(row)]
