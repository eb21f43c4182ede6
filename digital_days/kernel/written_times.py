"""Dates, times and durations as files write them; ``None`` for what isn't one."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 1970, 2200

CLOCK = re.compile(r"(\d{1,2})(?:\s*[:hH]\s*(\d{2})?(?::(\d{2})(?:\.\d+)?)?)")
HOURS_AND_MINUTES = re.compile(r"(\d{1,3})(?::|\s*[hH]\s*)(\d{2})?(?:\s*min)?(?::(\d{2}))?")
MINUTES = re.compile(r"(\d{1,4})\s*(?:min(?:utes?)?)?")
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")
# The two characters [0-9] and \d differ: other alphabets' digits are turned away by ``isascii``.

Passage = Literal["once", "skipped", "doubled"]


def day(text: str) -> date | None:
    """« 2027-10-22 », also as spreadsheets write it, with midnight behind."""
    found = DAY.fullmatch(text.strip())
    if found is None or not text.isascii():
        return None
    try:
        return _plausible(date(int(found[1]), int(found[2]), int(found[3])))
    except ValueError:
        return None


def moment(text: str) -> datetime | None:
    """An ISO date and time, with or without offset."""
    text = text.strip()
    if not text.isascii() or MOMENT.fullmatch(text) is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if _plausible(found.date()) else None


def clock(text: str) -> time | None:
    """« 13:30 », « 13 h 30 », « 9 h »."""
    found = CLOCK.fullmatch(" ".join(text.split()))
    if found is None or not text.replace("\N{NO-BREAK SPACE}", " ").isascii():
        return None
    try:
        return time(int(found[1]), int(found[2] or 0), int(found[3] or 0))
    except ValueError:
        return None


def duration(text: str, *, bare_minutes: bool = False) -> timedelta | None:
    """« 1:30 », « 1 h 30 », « 01:30:00 »; « 90 » and « 90 min » where ``bare_minutes``."""
    text = " ".join(text.split())
    if not text.isascii():
        return None
    if bare_minutes and (found := MINUTES.fullmatch(text)):
        return timedelta(minutes=int(found[1]))
    found = HOURS_AND_MINUTES.fullmatch(text)
    if found is None or int(found[2] or 0) > 59 or int(found[3] or 0) > 59:
        return None
    return timedelta(hours=int(found[1]), minutes=int(found[2] or 0), seconds=int(found[3] or 0))


def to_utc(local: datetime, zone: ZoneInfo) -> tuple[datetime, Passage]:
    """The instant of a local wall clock, the first one where the clock shows it twice."""
    first = local.replace(tzinfo=zone, fold=0)
    second = local.replace(tzinfo=zone, fold=1)
    instant = first.astimezone(UTC)
    if first.utcoffset() == second.utcoffset():
        return instant, "once"
    kept = instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None)
    return instant, "doubled" if kept else "skipped"


def _plausible(found: date) -> date | None:
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
