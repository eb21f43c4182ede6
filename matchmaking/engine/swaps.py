"""Exchanges of two tables over some rounds in a row, and what each would change."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from random import Random

from msgspec import Struct

from matchmaking.engine.given_tables import given_tables
from matchmaking.engine.problem import Problem

LOOKS = 200
"""For somebody who moves, before it is left to chance."""


class Exchange(Struct):
    """``tables``: the new ones of all meetings concerned. ``cost``: how many moves it adds."""

    tables: dict[int, int]
    cost: int


class Swaps:
    """``moves``: of those who would like to stay."""

    def __init__(self, problem: Problem, rounds: Mapping[int, int], tables: Mapping[int, int]) -> None:
        self.rounds = rounds
        self.tables = dict(tables)
        self.at = [
            {tables[number]: number for number, when in rounds.items() if when == at} for at in range(problem.rounds)
        ]
        self.names = [frozenset(names) for names in problem.tables]
        self.given = {number for number, at in given_tables(problem) if rounds.get(number) == at}
        self.rows = _rows(problem, rounds)
        self.near: dict[int, list[int]] = defaultdict(list)
        for row in self.rows:
            for first, then in pairwise(row):
                self.near[first].append(then)
                self.near[then].append(first)
        self.wanted = [(row, place) for row in self.rows for place in range(1, len(row))]
        self.moves = sum(self._apart(row[place - 1], row[place]) for row, place in self.wanted)

    def _apart(self, first: int, then: int) -> bool:
        return self.tables[first] != self.tables[then]

    def propose(self, random: Random) -> Exchange | None:
        """What would let somebody stay who moves."""
        for _ in range(LOOKS):
            row, place = self.wanted[int(random.random() * len(self.wanted))]
            if self._apart(row[place - 1], row[place]):
                break
        else:
            return None
        one, other = self.tables[row[place - 1]], self.tables[row[place]]
        if random.random() < 0.5:
            end = place
            while end + 1 < len(row) and self.tables[row[end + 1]] == other:
                end += 1
            if random.random() < 0.3:
                end = random.randint(place, len(row) - 1)
            return self._exchange(one, other, self.rounds[row[place]], self.rounds[row[end]])
        begin = place - 1
        while begin and self.tables[row[begin - 1]] == one:
            begin -= 1
        if random.random() < 0.3:
            begin = random.randint(0, place - 1)
        return self._exchange(one, other, self.rounds[row[begin]], self.rounds[row[place - 1]])

    def _exchange(self, one: int, other: int, first: int, last: int) -> Exchange | None:
        """Of all that these two have from the first to the last round; None where something cannot go there."""
        if one == other:
            return None
        to: dict[int, int] = {}
        for at in range(first, last + 1):
            for table, new in ((one, other), (other, one)):
                number = self.at[at].get(table)
                if number is None:
                    continue
                if number in self.given or new not in self.names[at]:
                    return None
                to[number] = new
        twice = 0
        for number, new in to.items():
            old = self.tables[number]
            for neighbour in self.near[number]:
                now = self.tables[neighbour]
                then = to.get(neighbour, now)
                twice += ((new != then) - (old != now)) * (1 if neighbour in to else 2)
        return Exchange(to, twice // 2)

    def make(self, exchange: Exchange) -> None:
        """Does it."""
        for number in exchange.tables:
            del self.at[self.rounds[number]][self.tables[number]]
        for number, table in exchange.tables.items():
            self.at[self.rounds[number]][table] = number
            self.tables[number] = table
        self.moves += exchange.cost


def _rows(problem: Problem, rounds: Mapping[int, int]) -> list[list[int]]:
    """The meetings of each who would like to stay, in their order."""
    rows: dict[int, list[int]] = defaultdict(list)
    for number in sorted(rounds, key=lambda each: (rounds[each], each)):
        for participant in problem.pair(number):
            if problem.participants[participant].stays:
                rows[participant].append(number)
    return [rows[participant] for participant in sorted(rows)]
