"""What the best plan so far reaches in each stage, and what no plan exceeds, told as levels."""

from collections.abc import Sequence
from itertools import accumulate
from typing import get_args

from matchmaking.engine.plan import MAXIMISED, Level, LevelName
from matchmaking.engine.rows import Stage
from matchmaking.engine.score import Scores
from matchmaking.engine.watch import Watch


class Ledger:
    """A bound is of the plans that reach as much in the stages before."""

    def __init__(self, stages: Sequence[Stage], watch: Watch) -> None:
        self.stages = stages
        self.names: list[LevelName] = [stage.level for stage in stages]
        self.reached = [0] * len(stages)
        self.bounds = [stage.most for stage in stages]
        self._told: dict[LevelName, Level] = {}
        self._watch = watch

    def note(self, number: int, *, reached: int | None = None, bound: int | None = None) -> None:
        """Of one stage, and whoever listens hears of its level; a stage that belongs to none is not spoken of."""
        if number >= len(self.names):
            return
        if reached is not None:
            self.reached[number] = reached
        if bound is not None:
            self.bounds[number] = bound
        self._tell(self.names[number])

    def levels(self) -> list[Level]:
        """All of them, in their order."""
        return [self.level(name) for name in get_args(LevelName) if name != "kept" or name in self.names]

    @property
    def gains(self) -> list[LevelName]:
        """The stages before the breaks."""
        return [name for name in self.names if name not in ("breaks", "moves")]

    @property
    def short(self) -> bool:
        """Whether a plan might gain more than the best so far."""
        return any(
            reached < bound for reached, bound in list(zip(self.reached, self.bounds, strict=True))[: len(self.gains)]
        )

    def plan(self, counted: Scores) -> None:
        """A plan reaches this."""
        self.reached = flat(counted, self.names)
        for name in dict.fromkeys(self.names):
            self._tell(name)

    def _tell(self, name: LevelName) -> None:
        level = self.level(name)
        if self._told.get(name) != level:
            self._told[name] = level
            self._watch.tell(level.name, level.value, level.bound)

    def level(self, name: LevelName) -> Level:
        """Its stages together."""
        sign = 1 if name in MAXIMISED else -1
        mine = [number for number, each in enumerate(self.names) if each == name]
        bound = [sign * self.bounds[number] for number in mine]
        if name in ("musts", "wishes"):  # who has three has two
            bound = list(accumulate(bound, min))
        return Level(name=name, value=tuple(sign * self.reached[number] for number in mine), bound=tuple(bound))


def flat(counted: Scores, names: Sequence[LevelName]) -> list[int]:
    """What a plan reaches, stage by stage."""
    return [each if name in MAXIMISED else -each for name in dict.fromkeys(names) for each in counted[name]]
