"""The days of a c3voc schedule, and which moments belong to them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from msgspec import Struct

from digital_days.kernel import written_times as times
from digital_days.kernel.i18n import _, format_date
from scheduling.imports import members
from scheduling.imports.findings import Findings, Where

DAYBREAK = time(12, 0)
"""Where a day doesn't say when it ends, the night that follows belongs to it up to the next noon."""


class Day(Struct, frozen=True):
    date: date | None
    start: datetime | None = None
    end: datetime | None = None


def read_day(raw: Any, where: Where, findings: Findings) -> Day:
    """The day's date and bounds; an error for each one that cannot be understood."""
    start = _bound(raw, "day_start", where, findings)
    end = _bound(raw, "day_end", where, findings)
    if start and end and end < start:
        findings.error((*where, "day_end"), _("La journée finit avant de commencer : corrigez l’une des deux heures."))
    written = members.text(raw, "date")
    if not written:
        if start:
            findings.repair(where, _("Journée sans date : celle de son début est reprise."))
        return Day(start.date() if start else None, start, end)
    found = times.day(written) or _date_of_moment(written)
    if found is None:
        findings.error((*where, "date"), _("« %(text)s » n’est pas une date : écrivez 2027-10-22.", text=written[:40]))
    return Day(found, start, end)


def holds(day: Day, starts_at: datetime) -> bool:
    """Whether the moment is on the day, or in the night that follows and still belongs to it."""
    if day.date is None or starts_at.date() == day.date:
        return True
    if starts_at.date() != day.date + timedelta(days=1):
        return False
    return starts_at < day.end if day.end else starts_at.time() < DAYBREAK


def last_evening(ends_on: date, moment: datetime | None, days: Sequence[Day]) -> date:
    """The day on which an edition ends: for a night that still belongs to the last day listed, that day."""
    last = max((day for day in days if day.date), key=lambda day: day.date or date.min, default=None)
    if last is None or last.date != ends_on - timedelta(days=1):
        return ends_on
    end = moment or last.end
    in_its_night = end and end.date() == ends_on and end.time() < DAYBREAK
    return last.date if in_its_night else ends_on


def inside_edition(day: Day, starts_on: date, ends_on: date, where: Where, findings: Findings) -> None:
    """An error for a day before the first or after the last of the edition."""
    if day.date and not starts_on <= day.date <= ends_on:
        message = _(
            "Le %(day)s est hors de l’édition, qui va du %(first)s au %(last)s : corrigez l’une des dates.",
            day=format_date(day.date),
            first=format_date(starts_on),
            last=format_date(ends_on),
        )
        findings.error((*where, "date"), message)


def _bound(raw: Any, name: str, where: Where, findings: Findings) -> datetime | None:
    written = members.text(raw, name)
    if not written:
        return None
    found = times.moment(written)
    if found is None:
        message = _(
            "« %(text)s » n’est pas une date avec heure : écrivez 2027-10-22T09:00:00-04:00.", text=written[:40]
        )
        findings.error((*where, name), message)
    # Without an offset it cannot be compared with anything; the day is understood without it.
    return found if found and found.tzinfo else None


def _date_of_moment(written: str) -> date | None:
    found = times.moment(written)
    return found.date() if found else None
