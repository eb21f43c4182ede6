"""How a run went, level by level, for its plot."""

from msgspec import Struct

from digital_days.kernel.i18n import _
from matchmaking.domain.level_words import LEVEL_NAMES
from matchmaking.domain.runs import Point, Run
from matchmaking.engine.plan import MAXIMISED, LevelName
from matchmaking.engine.run_plot import Lines, Seen, lines

WIDTH, HEIGHT = 640, 120


class Chapter(Struct, frozen=True, kw_only=True):
    """One level's plot: its name, the lines, when it began and ended, and what was reached of what at the end.

    ``is_settled``: nothing better was possible from the first word on, so that there is nothing to plot.
    """

    name: str
    lines: Lines
    begins: float
    ends: float
    value: int
    bound: int
    is_settled: bool


def story_of(run: Run) -> list[Chapter]:
    """In the order of the search; a level of which nothing was said has no chapter."""
    names: tuple[LevelName, ...] = tuple(LEVEL_NAMES)
    return [chapter for name in names if (chapter := _chapter(run, name)) is not None]


def _chapter(run: Run, name: LevelName) -> Chapter | None:
    points = [point for point in run.progress if point.level == name]
    if not points:
        return None
    begins, ends = points[0].seconds, points[-1].seconds
    seen = [_seen(point, begins, rising=name in MAXIMISED) for point in points]
    last = points[-1]
    return Chapter(
        name=_(LEVEL_NAMES[name]),
        lines=lines(seen, width=WIDTH, height=HEIGHT, until=ends - begins),
        begins=begins,
        ends=ends,
        value=_number(last.value),
        bound=_number(last.bound),
        is_settled=all(_number(point.value) == _number(point.bound) for point in points),
    )


def _seen(point: Point, begins: float, *, rising: bool) -> Seen:
    sign = 1 if rising else -1
    return Seen(seconds=point.seconds - begins, value=sign * _number(point.value), bound=sign * _number(point.bound))


def _number(values: tuple[int, ...]) -> int:
    """Shares are shown as the wishes they serve together."""
    return sum(values)
