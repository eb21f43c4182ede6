"""When a c3voc event starts and ends. The format says it several times over: the versions must agree."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from digital_days.kernel import written_times as times
from digital_days.kernel.i18n import _
from scheduling.imports import members
from scheduling.imports.c3voc_days import DAYBREAK, Day, holds
from scheduling.imports.checks import lasts
from scheduling.imports.findings import Findings, Where

Span = tuple[datetime, datetime]


def read_span(raw: Any, where: Where, day: Day, zone: ZoneInfo | None, findings: Findings) -> Span | None:
    """Start and end with their offsets, or ``None`` after an error."""
    clock = _clock(raw, where, findings)
    start = _start(raw, where, day, clock, zone, findings)
    if start is None:
        return None
    if clock and (clock.hour, clock.minute) != (start.hour, start.minute):
        message = _(
            "« start » dit %(clock)s et « date » dit %(start)s : corrigez l’une des deux heures.",
            clock=f"{clock:%H:%M}",
            start=f"{start:%H:%M}",
        )
        findings.error((*where, "start"), message)
    if not holds(day, start):
        message = _(
            "L’activité commence le %(start)s, hors de la journée du %(day)s : corrigez la date ou changez-la de jour.",
            start=f"{start:%Y-%m-%d %H:%M}",
            day=day.date,
        )
        findings.error((*where, "date"), message)
    end = _end(raw, where, start, zone, findings)
    return (start, end) if end and lasts(start, end, where, findings) else None


def _clock(raw: Any, where: Where, findings: Findings) -> time | None:
    written = members.text(raw, "start")
    found = times.clock(written) if written else None
    if written and found is None:
        findings.error((*where, "start"), _("« %(text)s » n’est pas une heure : écrivez 13:30.", text=written[:40]))
    return found


def _start(
    raw: Any, where: Where, day: Day, clock: time | None, zone: ZoneInfo | None, findings: Findings
) -> datetime | None:
    written = members.text(raw, "date")
    if not written and findings.wrong((*where, "date")):
        return None
    if times.moment(written):
        return _moment(written, (*where, "date"), zone, findings)
    date = times.day(written) if written else None
    if written and date is None:
        return _moment(written, (*where, "date"), zone, findings)
    on = date or day.date
    if clock is None or on is None:
        message = _("Il manque la date : ajoutez « date » avec le jour, l’heure et le décalage.")
        findings.lack((*where, "date"), message)
        return None
    if date is None:
        opening = day.start.time() if day.start else DAYBREAK
        night = clock < min(opening, DAYBREAK) and clock < time(6)
        on += timedelta(days=1 if night else 0)
        findings.repair(where, _("Pas de date : celle de la journée est reprise."))
    return _localized(datetime.combine(on, clock), (*where, "start"), zone, findings)


def _end(raw: Any, where: Where, start: datetime, zone: ZoneInfo | None, findings: Findings) -> datetime | None:
    written = members.text(raw, "duration")
    duration = times.duration(written) if written else None
    if written and duration is None:
        message = _("« %(text)s » n’est pas une durée : écrivez 01:30.", text=written[:40])
        findings.error((*where, "duration"), message)
        return None
    by_duration = start + duration if duration is not None else None
    end_written = members.text(raw, "end")
    if not end_written:
        if by_duration is None:
            findings.lack((*where, "duration"), _("Il manque la durée : ajoutez « duration », par exemple 01:30."))
        return by_duration
    end = _moment(end_written, (*where, "end"), zone, findings)
    if end and by_duration and abs(end - by_duration) >= timedelta(minutes=1):
        message = _(
            "« end » dit %(end)s, mais la durée mène à %(by_duration)s : corrigez l’une des deux.",
            end=f"{end:%H:%M}",
            by_duration=f"{by_duration:%H:%M}",
        )
        findings.error((*where, "end"), message)
        return None
    return end


def _moment(written: str, where: Where, zone: ZoneInfo | None, findings: Findings) -> datetime | None:
    found = times.moment(written)
    if found is None:
        message = _(
            "« %(text)s » n’est pas une date avec heure : écrivez 2027-10-22T13:30:00-04:00.", text=written[:40]
        )
        findings.error(where, message)
        return None
    return found if found.tzinfo else _localized(found, where, zone, findings)


def _localized(local: datetime, where: Where, zone: ZoneInfo | None, findings: Findings) -> datetime | None:
    if zone is None:
        message = _(
            "Heure sans décalage, et le fuseau du fichier (time_zone_name) manque ou contredit les autres heures : "
            "écrivez 2027-10-22T13:30:00-04:00."
        )
        findings.error(where, message)
        return None
    instant, passage = times.to_utc(local, zone)
    if passage == "skipped":
        findings.error(where, _("Cette heure n’existe pas : l’horloge la saute en passant à l’heure d’été."))
        return None
    if passage == "doubled":
        findings.repair(where, _("L’horloge montre deux fois cette heure : la première est retenue."))
    else:
        findings.repair(where, _("Heure sans décalage : celui du fuseau du fichier est appliqué."))
    return instant.astimezone(zone)
