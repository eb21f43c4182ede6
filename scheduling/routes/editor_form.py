"""What the form of a slot asks for, and what is read from it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from digital_days.kernel import written_times as times
from digital_days.kernel.errors import Refusal
from digital_days.kernel.i18n import N_, TORONTO, _
from digital_days.kernel.local_times import DoubledTime, Passage, SkippedTime, instant
from digital_days.kernel.web.forms import Form
from scheduling.domain.planning import PlacedSlot
from scheduling.domain.refused_moves import EndsTooSoon, LastsTooLong, NoSuchRoom

NOT_A_DAY = N_("Choisissez un des jours de cette édition.")
NOT_AN_HOUR = N_("Écrivez une heure, par exemple 13 h 30.")
FIELDS: dict[type[Refusal], str] = {NoSuchRoom: "room", EndsTooSoon: "ends", LastsTooLong: "ends"}
"""Beside which field a refusal of the schedule is told; the others are about the whole."""
_EVENING, _SMALL_HOURS = time(18), time(6)


class SlotForm(Struct):
    """``version`` or ``beside``: what its author has seen. An empty end of a new slot: as long as the activity lasts.

    Only a form that shows the seats (``with_seats``) says something on them; empty, entry is free.
    """

    day: str
    starts: str
    ends: str = ""
    starts_passage: Passage = ""
    ends_passage: Passage = ""
    room: int | None = None
    seats: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    with_seats: bool = False
    version: str = ""
    beside: int = 0


class Wanted(Struct, frozen=True, kw_only=True):
    """What the form asks for, in moments."""

    room: int | None
    starts_at: datetime
    ends_at: datetime | None
    seats: int | UnsetType | None


def wanted(form: Form[SlotForm], days: Sequence[date], *, end_needed: bool) -> Wanted | None:
    """None where something does not fit: then the form says what."""
    if form.value is None:
        return None
    day = times.day(form.value.day)
    if day not in days or day is None:
        form.refuse("day", _(NOT_A_DAY))
        return None
    value = form.value
    starts, ends = _hour(form, "starts"), _hour(form, "ends", needed=end_needed)
    if not starts or (ends is None and value.ends):
        return None
    starts_at = _moment(form, "starts", day, starts, value.starts_passage)
    ends_at = _moment(form, "ends", _last_day(day, starts, ends), ends, value.ends_passage) if ends else None
    if starts_at is None or form.value is None:
        return None
    return Wanted(
        room=value.room,
        starts_at=starts_at,
        ends_at=ends_at,
        seats=value.seats if value.with_seats else UNSET,
    )


def typed_of(slot: PlacedSlot) -> dict[str, str | list[str]]:
    """The form of a slot as it is."""
    starts, ends = slot.starts_at.astimezone(TORONTO), slot.ends_at.astimezone(TORONTO)
    return {
        "day": starts.date().isoformat(),
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "starts_passage": "second" if starts.fold else "",
        "ends_passage": "second" if ends.fold else "",
        "room": str(slot.room.id) if slot.room else "",
        "seats": "" if slot.seats is None else str(slot.seats),
    }


def step_of(typed: Mapping[str, str | list[str]]) -> int | None:
    """Five minutes, in seconds, for the browser's own check; none where a file has brought an odd hour."""
    return 300 if all(str(typed.get(field, ""))[-1:] in "05" for field in ("starts", "ends")) else None


def _hour(form: Form[SlotForm], field: str, *, needed: bool = True) -> time | None:
    text = str(form[field])
    found = times.clock(text)
    if found is None and (text or needed):
        form.refuse(field, _(NOT_AN_HOUR))
    return found


def _last_day(day: date, starts: time, ends: time) -> date:
    """An evening may end in the small hours."""
    return day + timedelta(days=1) if starts >= _EVENING and ends <= _SMALL_HOURS else day


def _moment(form: Form[SlotForm], field: str, day: date, at: time, passage: Passage) -> datetime | None:
    try:
        return instant(day, at, passage)
    except (SkippedTime, DoubledTime) as refusal:
        form.refuse(field, str(refusal))
        if isinstance(refusal, DoubledTime):
            form.typed[f"{field}_passage"] = "first"
        return None
