"""A day and an hour as a form says them, in Toronto time: no hour that daylight saving skips, none that it doubles."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from digital_days.kernel.errors import Invalid
from digital_days.kernel.i18n import N_, TORONTO, format_day, format_time
from digital_days.kernel.written_times import to_utc

Passage = Literal["", "first", "second"]

PASSAGES: tuple[tuple[Passage, str], ...] = (
    ("first", N_("La première fois, avant que les horloges reculent")),
    ("second", N_("La seconde fois, une heure plus tard")),
)
"""What to ask after a ``DoubledTime``: values and words of the choice."""


class SkippedTime(Invalid):
    message = N_("Cette heure n’existe pas le %(day)s : les horloges avancent d’une heure cette nuit-là.")


class DoubledTime(Invalid):
    message = N_("Il est deux fois %(time)s le %(day)s : les horloges reculent d’une heure. Dites laquelle des deux.")


def instant(day: date, at: time, passage: Passage = "") -> datetime:
    """The moment, in UTC; raises ``SkippedTime``, or ``DoubledTime`` where ``passage`` does not say which."""
    local = datetime.combine(day, at)
    found, times = to_utc(local, TORONTO)
    if times == "skipped":
        raise SkippedTime(day=format_day(day))
    if times == "doubled" and not passage:
        raise DoubledTime(day=format_day(day), time=format_time(found))
    return local.replace(tzinfo=TORONTO, fold=1).astimezone(UTC) if passage == "second" else found


def days_later(moment: datetime, days: timedelta) -> datetime:
    """The same time of the clock on another day; a time that is skipped or doubled there is the earlier one."""
    local = moment.astimezone(TORONTO).replace(tzinfo=None) + days
    return local.replace(tzinfo=TORONTO).astimezone(UTC)
