"""Clauses for a solver of satisfiability, written one by one as they are thought of."""

from collections.abc import Callable, Sequence
from itertools import combinations


class Clauses:
    """Variables are numbered from 1; a literal is a variable or its negative."""

    def __init__(self, add: Callable[[list[int]], object]) -> None:
        self._add = add
        self.variables = 0

    def new(self) -> int:
        """A variable that nothing is said about yet."""
        self.variables += 1
        return self.variables

    def add(self, *literals: int) -> None:
        """At least one of these holds."""
        self._add(list(literals))

    def at_most_one(self, literals: Sequence[int]) -> None:
        """Pair by pair: the groups are small."""
        for one, other in combinations(literals, 2):
            self.add(-one, -other)

    def any_of(self, literals: Sequence[int]) -> int:
        """A literal that holds exactly when one of these does."""
        if len(literals) == 1:
            return literals[0]
        found = self.new()
        self.add(*literals, -found)
        for each in literals:
            self.add(-each, found)
        return found

    def count(self, literals: Sequence[int], most: int, *, exact: bool = True) -> list[int]:
        """Literal k of the result holds when more than k of ``literals`` do, up to ``most`` + 1 of them.

        A totalizer (Bailleux and Boufkhad, 2003). Not ``exact``: it may also hold without.
        """
        if len(literals) <= 1:
            return list(literals)
        half = len(literals) // 2
        left = self.count(literals[:half], most, exact=exact)
        right = self.count(literals[half:], most, exact=exact)
        return self.sum(left, right, most, exact=exact)

    def sum(self, left: Sequence[int], right: Sequence[int], most: int, *, exact: bool = True) -> list[int]:
        """Two counts added."""
        size = min(most + 1, len(left) + len(right))
        total = [self.new() for _ in range(size)]
        for i in range(len(left) + 1):
            for j in range(len(right) + 1):
                if 0 < i + j <= size:
                    self.add(total[i + j - 1], *(-x for x in (*left[max(i - 1, 0) : i], *right[max(j - 1, 0) : j])))
                if exact and i + j < size:
                    self.add(-total[i + j], *left[i : i + 1], *right[j : j + 1])
        return total
