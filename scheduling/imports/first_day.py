"""A programme on other days: last year's, or one from elsewhere, with every slot at its hour on our clocks."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from digital_days.kernel import written_times as times
from digital_days.kernel.i18n import TORONTO, _
from scheduling.imports.checks import lasts
from scheduling.imports.findings import Findings
from scheduling.imports.model import ImportedActivity, ImportedSlot, Reading


def on_first_day(reading: Reading, day: date) -> Reading:
    """The programme moved by whole days so that its edition starts on ``day``; the same day again changes nothing.

    10:00 in the source's time zone becomes 10:00 in Toronto. An hour that the clock skips there is an error at
    its activity; of one that it shows twice, the first is taken. Takes one step for each slot.
    """
    if reading.programme is None:
        return reading
    programme, findings = reading.programme, Findings()
    days, zone = day - programme.starts_on, ZoneInfo(programme.time_zone)
    moved = replace(
        programme,
        starts_on=day,
        ends_on=programme.ends_on + days,
        time_zone=str(TORONTO),
        activities=tuple(_moved(activity, days, zone, findings) for activity in programme.activities),
    )
    found = findings.reading(moved, lambda where: str(where[0]))
    return replace(found, repairs=(*reading.repairs, *found.repairs))


def _moved(activity: ImportedActivity, days: timedelta, zone: ZoneInfo, findings: Findings) -> ImportedActivity:
    slots = [_moved_slot(slot, activity.title_fr, days, zone, findings) for slot in activity.slots]
    return replace(activity, slots=tuple(slots))


def _moved_slot(slot: ImportedSlot, title: str, days: timedelta, zone: ZoneInfo, findings: Findings) -> ImportedSlot:
    known = len(findings.errors)
    starts_at = _moved_moment(slot.starts_at, title, days, zone, findings)
    ends_at = _moved_moment(slot.ends_at, title, days, zone, findings)
    if len(findings.errors) == known:
        lasts(starts_at, ends_at, (title,), findings)
    return replace(slot, starts_at=starts_at, ends_at=ends_at)


def _moved_moment(moment: datetime, title: str, days: timedelta, zone: ZoneInfo, findings: Findings) -> datetime:
    local = moment.astimezone(zone).replace(tzinfo=None) + days
    instant, passage = times.to_utc(local, TORONTO)
    if passage == "skipped":
        message = _("Cette heure n’existe pas : l’horloge la saute en passant à l’heure d’été.")
        findings.error((title,), message)
    elif passage == "doubled":
        message = _("L’horloge montre deux fois cette heure : la première est retenue.")
        findings.repair((title,), message)
    return instant
