"""The days of an edition in half hours, on which somebody marks when they can come."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

from digital_days.kernel.i18n import TORONTO

Span = tuple[datetime, datetime]
Hours = tuple[time, time]

STEP = timedelta(minutes=30)
USUAL_HOURS: Hours = (time(8), time(20))


class Cell(Struct, frozen=True):
    """Half an hour, or what is left of it at the end of a day."""

    starts_at: datetime
    ends_at: datetime

    @property
    def key(self) -> str:
        """Its name in a form; in UTC, where no hour is skipped and none comes twice."""
        return self.starts_at.strftime("%Y%m%dT%H%MZ")

    @property
    def minute(self) -> int:
        """Of its day, as the clock on the wall shows it."""
        local = self.starts_at.astimezone(TORONTO)
        return local.hour * 60 + local.minute

    @property
    def comes_again(self) -> bool:
        """Whether the clock has shown this time already: in autumn, when it is put back."""
        return bool(self.starts_at.astimezone(TORONTO).fold)


class Day(Struct, frozen=True):
    date: date
    cells: tuple[Cell, ...]


def grid_of(hours: Mapping[date, Hours]) -> list[Day]:
    """The cells of each day between its hours in Toronto, in order."""
    return [Day(day, tuple(_cells(day, *hours[day]))) for day in sorted(hours)]


def covered(grid: Sequence[Day], spans: Iterable[Span]) -> frozenset[str]:
    """The keys of the cells that lie wholly inside one of the spans, touching ones taken together."""
    whole = merged(spans)
    return frozenset(
        cell.key
        for day in grid
        for cell in day.cells
        if any(start <= cell.starts_at and cell.ends_at <= end for start, end in whole)
    )


def chosen(grid: Sequence[Day], keys: Collection[str], whole_days: Collection[str] = ()) -> list[Span]:
    """The merged spans of the cells named, and of every cell of the days named; other names mean nothing."""
    return merged(
        (cell.starts_at, cell.ends_at)
        for day in grid
        for cell in day.cells
        if cell.key in keys or day.date.isoformat() in whole_days
    )


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same moments in order, in as few spans as there can be."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = whole[-1][0], max(whole[-1][1], end)
        else:
            whole.append((start, end))
    return whole


def _cells(day: date, opens_at: time, closes_at: time) -> Iterable[Cell]:
    start, close = (datetime.combine(day, at, TORONTO).astimezone(UTC) for at in (opens_at, closes_at))
    while start < close:
        end = min(start + STEP, close)
        yield Cell(start, end)
        start = end
