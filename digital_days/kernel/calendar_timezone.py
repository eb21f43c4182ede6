"""A time zone's rules as iCalendar states them (RFC 5545, section 3.6.5)."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

# North America's present rules began in 2007; an edition is later than that.
YEARS = range(2007, 2038)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY = timedelta(days=1)


class Observance(NamedTuple):
    """What the clocks change from and to."""

    before: timedelta
    after: timedelta
    name: str
    daylight: bool


@cache
def vtimezone(zone: ZoneInfo) -> bytes:
    """The zone's VTIMEZONE for any time since 2007, from the tz database; yearly rules where there are some.

    icalendar's own generator puts the spring onset in the new offset, an hour late, and lists dates where
    Outlook wants a rule.
    """
    onsets: dict[Observance, list[datetime]] = defaultdict(list)
    for observance, onset in _changes(zone):
        onsets[observance].append(onset)
    component = Timezone()
    component.add("TZID", zone.key)
    for observance, dates in onsets.items():
        component.add_component(_observance(observance, dates))
    return bytes(component.to_ical())


def _changes(zone: ZoneInfo) -> Iterator[tuple[Observance, datetime]]:
    """Each change of the offset, with its onset on the clocks that it ends, as DTSTART wants it."""
    midnight = datetime(YEARS.start, 1, 1, tzinfo=UTC)
    while midnight.year < YEARS.stop:
        before, after = _offset(zone, midnight), _offset(zone, midnight + DAY)
        if before != after:
            second = bisect_left(range(86_400), True, key=lambda s: _offset(zone, midnight, s) != before)
            moment = midnight + timedelta(seconds=second)
            local = moment.astimezone(zone)
            observance = Observance(before, after, local.tzname() or zone.key, bool(local.dst()))
            yield observance, (moment + before).replace(tzinfo=None)
        midnight += DAY


def _offset(zone: ZoneInfo, moment: datetime, seconds: int = 0) -> timedelta:
    return (moment + timedelta(seconds=seconds)).astimezone(zone).utcoffset() or timedelta()


def _observance(observance: Observance, onsets: list[datetime]) -> TimezoneStandard | TimezoneDaylight:
    component = TimezoneDaylight() if observance.daylight else TimezoneStandard()
    component.add("TZNAME", observance.name)
    component.add("TZOFFSETFROM", observance.before)
    component.add("TZOFFSETTO", observance.after)
    component.add("DTSTART", onsets[0])
    same_sunday = {(onset.month, _week(onset), onset.weekday(), onset.time()) for onset in onsets}
    if len(same_sunday) == 1 and [onset.year for onset in onsets] == list(range(onsets[0].year, YEARS.stop)):
        day = f"{_week(onsets[0])}{WEEKDAYS[onsets[0].weekday()]}"
        component.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": onsets[0].month, "BYDAY": day})
    elif onsets[1:]:
        component.add("RDATE", onsets[1:])
    return component


def _week(onset: datetime) -> int:
    return (onset.day - 1) // 7 + 1
