"""Which day of the event something belongs to: an evening that runs past midnight is still that evening."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from digital_days.kernel.i18n import TORONTO

Span = tuple[datetime, datetime]

_NIGHT_ENDS = time(6)
_PAUSE = timedelta(hours=2)


def days_of(spans: Iterable[Span]) -> dict[Span, date]:
    """The day of each span of time: its date, or the day before while that evening goes on without a long pause."""
    days: dict[Span, date] = {}
    evening, until = date.min, datetime.min.replace(tzinfo=UTC)
    for start, end in sorted(spans):
        local = start.astimezone(TORONTO)
        day = local.date()
        if day == evening + timedelta(days=1) and local.time() < _NIGHT_ENDS and start < until + _PAUSE:
            day = evening
        until = max(until, end) if day == evening else end
        evening = day
        days[start, end] = day
    return days


def every_day(starts_on: date, ends_on: date, further: Iterable[date] = ()) -> list[date]:
    """Each day of an edition, and beside them those on which it has something all the same."""
    planned = {starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days + 1)}
    return sorted(planned.union(further))


def is_day_of(starts_on: date, ends_on: date, moment: datetime) -> bool:
    """Whether the moment is on one of these days, or in the night that follows the last."""
    local = moment.astimezone(TORONTO)
    dates = {local.date(), local.date() - timedelta(days=1) if local.time() < _NIGHT_ENDS else local.date()}
    return any(starts_on <= day <= ends_on for day in dates)
