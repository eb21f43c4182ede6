"""A linear model in whole numbers, which more than one solver can read, and what it is asked to raise, in order."""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from matchmaking.engine.plan import LevelName

Terms = list[tuple[int, int]]
"""Columns with their factors."""


class Row(Struct, frozen=True):
    """``low`` None: however little."""

    low: int | None
    high: int
    terms: Terms


class Stage(Struct, frozen=True, kw_only=True):
    """To be made as great as possible; nothing makes it greater than ``most``."""

    level: LevelName
    terms: Terms
    most: int


class Rows:
    """Columns are numbered from 0; each is a whole number between its ends."""

    def __init__(self) -> None:
        self.ends: list[tuple[int, int]] = []
        self.rows: list[Row] = []
        self.contradiction = False
        self._followed: list[tuple[int, Callable[[Sequence[int]], int]]] = []

    def column(self, low: int = 0, high: int = 1, *, of: Callable[[Sequence[int]], int] | None = None) -> int:
        """A new one; ``of`` is what it should be, given the columns before."""
        self.ends.append((low, high))
        if of is not None:
            self._followed.append((len(self.ends) - 1, of))
        return len(self.ends) - 1

    def whether(self, terms: Terms, least: int = 1) -> int:
        """A new one that should be 1 where the sum of the terms is that much; the rows that say so are the caller's."""
        return self.column(of=lambda values: int(total(terms, values) >= least))

    def completed(self, decided: dict[int, int]) -> list[int]:
        """All columns, where those are decided that are no consequence of others."""
        values = [decided.get(column, low) for column, (low, _high) in enumerate(self.ends)]
        for column, of in self._followed:
            values[column] = of(values)
        return values

    def at_most(self, high: int, terms: Iterable[tuple[int, int]], *, low: int | None = None) -> None:
        """The sum of the terms is between ``low`` (or whatever is possible) and ``high``."""
        summed: dict[int, int] = {}
        for column, factor in terms:
            summed[column] = summed.get(column, 0) + factor
        least = greatest = 0
        for column, factor in summed.items():
            ends = self.ends[column]
            least += factor * ends[factor < 0]
            greatest += factor * ends[factor > 0]
        self.contradiction = self.contradiction or least > high or (low is not None and low > min(high, greatest))
        low = None if low is None or low <= least else low
        if low is not None or greatest > high:
            self.rows.append(Row(low, high, list(summed.items())))

    def equal(self, terms: Iterable[tuple[int, int]], value: int = 0) -> None:
        """The sum of the terms is this."""
        self.at_most(value, terms, low=value)

    def limit(self, terms: Terms) -> int:
        """What the sum of the terms cannot exceed, looking at each column alone."""
        return sum(max(factor * end for end in self.ends[column]) for column, factor in terms)


def ones(columns: Iterable[int]) -> Terms:
    """Their plain sum."""
    return [(column, 1) for column in columns]


def total(terms: Terms, values: Sequence[int]) -> int:
    """The sum of the terms at these values."""
    return sum(factor * values[column] for column, factor in terms)
