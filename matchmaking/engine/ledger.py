"""What the best plan so far reaches in each stage, and what no plan exceeds, told as levels."""

from collections.abc import Sequence
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
        self._watch = watch

    def note(self, number: int, *, reached: int | None = None, bound: int | None = None) -> None:
        """Of one stage, and whoever listens hears of its level; a stage that belongs to none is nobody's business."""
        if number >= len(self.names):
            return
        if reached is not None:
            self.reached[number] = reached
        if bound is not None:
            self.bounds[number] = bound
        level = self.level(self.names[number])
        self._watch.tell(level.name, level.value, level.bound)

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

    def level(self, name: LevelName) -> Level:
        """Its stages together."""
        sign = 1 if name in MAXIMISED else -1
        mine = [number for number, each in enumerate(self.names) if each == name]
        return Level(
            name=name,
            value=tuple(sign * self.reached[number] for number in mine),
            bound=tuple(sign * self.bounds[number] for number in mine),
        )


def flat(counted: Scores, names: Sequence[LevelName]) -> list[int]:
    """What a plan reaches, stage by stage."""
    return [each if name in MAXIMISED else -each for name in dict.fromkeys(names) for each in counted[name]]
