"""The rows of the form's table of slots: a day and two times as the clock on the wall shows them."""

from collections.abc import Container
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from digital_days.kernel import written_times as times
from digital_days.kernel.i18n import N_, TORONTO, _
from digital_days.kernel.local_times import DoubledTime, Passage, SkippedTime, instant
from scheduling.domain.planned_activities import WantedSlot
from scheduling.domain.planned_activity import PlannedSlot
from scheduling.imports import limits

_NIGHT_ENDS = time(6)
_LONGEST = timedelta(days=1)
_PASSAGES: dict[str, Passage] = {"first": "first", "second": "second"}

DAY_MISSING = N_("Il manque le jour.")
TIME_MISSING = N_("Il manque l’heure.")
NOT_A_DAY = N_("Ce n’est pas une date : écrivez-la comme 2027-10-22.")
NOT_A_TIME = N_("Ce n’est pas une heure : écrivez-la comme 13 h 30.")
ENDS_FIRST = N_("La fin doit être après le début.")
TOO_LONG = N_("Une plage dure au plus un jour : vérifiez le jour et les heures.")
NO_SUCH_ROOM = N_("Cette salle n’existe plus : choisissez-en une autre.")
NOT_SEATS = N_("Écrivez un nombre entier à partir de 1, ou rien pour une entrée libre.")


class SlotRow(Struct, kw_only=True):
    """As it was typed; ``was`` is what the row said when the page was made: what nobody touches is never written.

    ``start_which`` and ``end_which`` tell the first from the second where the clock shows that time twice.
    """

    code: str = ""
    version: str = ""
    was: str = ""
    day: str = ""
    start: str = ""
    end: str = ""
    room: str = ""
    seats: str = ""
    start_which: str = ""
    end_which: str = ""

    @property
    def says(self) -> str:
        """All that was typed, in one text."""
        fields = (self.day, self.start, self.end, self.room, self.seats, self.start_which, self.end_which)
        return "|".join(fields) if any(fields) else ""

    @property
    def is_touched(self) -> bool:
        """Whether it says something else than when the page was made."""
        return self.says != self.was

    @property
    def start_is_doubled(self) -> bool:
        """Whether the clock shows the start twice that night."""
        return _is_doubled(*self.local_start)

    @property
    def end_is_doubled(self) -> bool:
        """Whether the clock shows the end twice that night."""
        return _is_doubled(*self.local_end)

    @property
    def local_start(self) -> tuple[date | None, time | None]:
        """Day and time of the clock, none for what is neither."""
        return times.day(self.day), times.clock(self.start)

    @property
    def local_end(self) -> tuple[date | None, time | None]:
        """The same: small hours before the start are those of the next day."""
        day, start, end = times.day(self.day), times.clock(self.start), times.clock(self.end)
        if day and start and end and end < start and end < _NIGHT_ENDS:
            day += timedelta(days=1)
        return day, end


def row_of(slot: PlannedSlot) -> SlotRow:
    """The stored slot as the form says it."""
    start, end = slot.starts_at.astimezone(TORONTO), slot.ends_at.astimezone(TORONTO)
    row = SlotRow(
        code=slot.code,
        version=slot.version,
        day=f"{start:%Y-%m-%d}",
        start=f"{start:%H:%M}",
        end=f"{end:%H:%M}",
        room=slot.room,
        seats="" if slot.seats is None else str(slot.seats),
    )
    row.start_which = _which(start) if row.start_is_doubled else ""
    row.end_which = _which(end) if row.end_is_doubled else ""
    row.was = row.says
    return row


def read_row(row: SlotRow, rooms: Container[str]) -> tuple[WantedSlot | None, dict[str, str]]:
    """The slot, or what is wrong with each field."""
    starts_at, wrong_start = _moment(row.start, *row.local_start, row.start_which)
    ends_at, wrong_end = _moment(row.end, *row.local_end, row.end_which)
    if starts_at and ends_at and not starts_at < ends_at:
        wrong_end = _(ENDS_FIRST)
    elif starts_at and ends_at and ends_at - starts_at > _LONGEST:
        wrong_end = _(TOO_LONG)
    errors = {
        "day": "" if times.day(row.day) else _(NOT_A_DAY if row.day else DAY_MISSING),
        "start": wrong_start,
        "end": wrong_end,
        "room": "" if not row.room or row.room in rooms else _(NO_SUCH_ROOM),
        "seats": "" if not row.seats or _are_seats(row.seats) else _(NOT_SEATS),
    }
    wrong = {field: sentence for field, sentence in errors.items() if sentence}
    if wrong or starts_at is None or ends_at is None:
        return None, wrong
    return (
        WantedSlot(
            code=row.code,
            version=row.version,
            starts_at=starts_at,
            ends_at=ends_at,
            room=row.room,
            seats=int(row.seats) if row.seats else None,
        ),
        {},
    )


def _moment(written: str, day: date | None, clock: time | None, which: str) -> tuple[datetime | None, str]:
    """The moment, or why there is none; without a day no time means anything, and the day's error says it all."""
    if not written:
        return None, _(TIME_MISSING)
    if clock is None:
        return None, _(NOT_A_TIME)
    if day is None:
        return None, ""
    try:
        return instant(day, clock, _PASSAGES.get(which, "")), ""
    except (SkippedTime, DoubledTime) as refusal:
        return None, str(refusal)


def _is_doubled(day: date | None, clock: time | None) -> bool:
    if day is None or clock is None:
        return False
    return times.to_utc(datetime.combine(day, clock), TORONTO)[1] == "doubled"


def _which(local: datetime) -> Passage:
    return "second" if local.fold else "first"


def _are_seats(written: str) -> bool:
    return written.isascii() and written.isdigit() and 1 <= int(written[:9]) <= limits.NUMBER
