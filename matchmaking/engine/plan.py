"""What the engine answers: which meetings, when, where, and how good that is, level by level."""

from typing import Literal

from msgspec import Struct

from matchmaking.engine.problem import Placed

LevelName = Literal["kept", "musts", "wishes", "value", "breaks", "moves"]
"""In their order of importance.

``kept``: announced meetings that stay in their round, and so at their table where that is there and not given away.
``musts``, ``wishes``: of the owners, how many have at least one served, at least two, … (the most even share is the
greatest in this order). ``value``: points. ``breaks``: by how much the spread is exceeded, then their number.
``moves``: changes of table of participants who would like to stay.
"""
MAXIMISED: frozenset[LevelName] = frozenset({"kept", "musts", "wishes", "value"})


class Level(Struct, frozen=True, kw_only=True):
    """``bound``: no plan that is as good in the levels before is better than this; compared from left to right."""

    name: LevelName
    value: tuple[int, ...]
    bound: tuple[int, ...]

    @property
    def proven(self) -> bool:
        """Whether nothing better exists."""
        return self.value == self.bound


class Plan(Struct, frozen=True, kw_only=True):
    """``held`` is sorted, each with its table. ``infeasible``: it is proven that the rules leave no plan at all."""

    held: tuple[Placed, ...] = ()
    levels: tuple[Level, ...] = ()
    infeasible: bool = False
    found: bool = True


class Progress(Struct, frozen=True, kw_only=True):
    """Where the search is: the level it works on, the best of it so far, and what it cannot exceed."""

    level: LevelName
    value: tuple[int, ...]
    bound: tuple[int, ...]
    seconds: float
