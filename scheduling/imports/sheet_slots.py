"""The slot of one row: a date and wall-clock times of the county."""

from datetime import date, datetime, timedelta

from digital_days.kernel import written_times as times
from digital_days.kernel.i18n import TORONTO, _
from scheduling.imports.checks import lasts
from scheduling.imports.model import ImportedSlot
from scheduling.imports.registers import Register
from scheduling.imports.sheet_tables import Line

TIME_COLUMNS = ("date", "start", "end", "duration")


def read_slot(line: Line, key: str, rooms: Register) -> ImportedSlot | None:
    """The slot; ``None`` for a row without any time (said as a repair) or after an error."""
    room, seats = line.line("room"), line.number_in("seats", 1)
    if not any(line.raw(column) for column in TIME_COLUMNS):
        line.findings.repair(line.where("date"), _("Ni date ni heure : l’activité est importée sans plage."))
        return None
    span = _span(line)
    if not room:
        line.findings.repair(line.where("room"), _("Pas de salle : la plage est importée sans salle."))
    else:
        room = rooms.find(room, line.where("room"))
    if span is None or not lasts(*span, line.where("end" if line.raw("end") else "duration"), line.findings):
        return None
    return ImportedSlot(key=key, starts_at=span[0], ends_at=span[1], room=room or None, seats=seats)


def _span(line: Line) -> tuple[datetime, datetime] | None:
    day, start = _day(line), _start(line)
    duration, end = _duration(line), None
    if day and line.raw("end"):
        end = _end(line, day)
    if not (line.raw("end") or line.raw("duration")):
        line.findings.error(
            line.where("end"), _("Il manque la fin : écrivez une heure, ou une durée dans « duration ».")
        )
    if day is None or start is None:
        return None
    starts_at = _instant(line, "start", datetime.combine(day, start.time()))
    ends_at = _instant(line, "end", end) if end else None
    if starts_at is None:
        return None
    by_duration = starts_at + duration if duration is not None else None
    if ends_at and by_duration and ends_at != by_duration:
        message = _("La durée et la fin se contredisent : corrigez ou videz l’une des deux.")
        line.findings.error(line.where("duration"), message)
        return None
    if line.raw("end") and ends_at is None:
        return None
    last = ends_at or by_duration
    return (starts_at, last) if last else None


def _day(line: Line) -> date | None:
    written = line.raw("date")
    found = times.day(written)
    if not written:
        line.findings.error(line.where("date"), _("Il manque la date : écrivez-la comme 2027-10-22."))
    elif found is None:
        message = _("« %(text)s » n’est pas une date comprise ici : écrivez-la comme 2027-10-22.", text=written[:40])
        line.findings.error(line.where("date"), message)
    return found


def _start(line: Line) -> datetime | None:
    written = line.raw("start")
    found = times.clock(written)
    if not written:
        line.findings.error(line.where("start"), _("Il manque l’heure de début : écrivez-la comme 13:30."))
    elif found is None:
        line.findings.error(line.where("start"), _not_a_time(written))
    return datetime.combine(date.min, found) if found else None


def _end(line: Line, day: date) -> datetime | None:
    written = line.raw("end")
    if clock := times.clock(written):
        return datetime.combine(day, clock)
    moment = times.moment(written)
    if moment is None or moment.tzinfo:
        line.findings.error(line.where("end"), _not_a_time(written))
        return None
    return moment


def _duration(line: Line) -> timedelta | None:
    written = line.raw("duration")
    if not written:
        return None
    found = times.duration(written, bare_minutes=True)
    if found is None:
        message = _("« %(text)s » n’est pas une durée : écrivez 90 (minutes) ou 1:30.", text=written[:40])
        line.findings.error(line.where("duration"), message)
    return found


def _instant(line: Line, column: str, local: datetime) -> datetime | None:
    instant, passage = times.to_utc(local, TORONTO)
    if passage == "skipped":
        message = _("Cette heure n’existe pas : l’horloge la saute en passant à l’heure d’été.")
        line.findings.error(line.where(column), message)
        return None
    if passage == "doubled":
        message = _("L’horloge montre deux fois cette heure : la première est retenue.")
        line.findings.repair(line.where(column), message)
    return instant


def _not_a_time(written: str) -> str:
    return _("« %(text)s » n’est pas une heure : écrivez-la comme 13:30 ou 13 h 30.", text=written[:40])
