"""The doors of each day, room by room: each slot with its seats and how many have come."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TypeVar

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.i18n import TORONTO
from scheduling.domain.event_days import Span, days_of, is_day_of
from scheduling.domain.slots import SUMMARY, WITH_ROOM, SlotSummary

T = TypeVar("T", bound=SlotSummary)


class Door(SlotSummary, frozen=True, kw_only=True):
    """A slot as the list of doors shows it."""

    present: int
    room_position: int

    @property
    def is_on(self) -> bool:
        """Whether it takes place."""
        return self.state == "scheduled"

    @property
    def opens_at(self) -> datetime:
        """A quarter of an hour before the beginning."""
        return self.starts_at - timedelta(minutes=15)

    @property
    def is_open(self) -> bool:
        """Until the end: where a volunteer stands now."""
        return self.opens_at <= clock.now() < self.ends_at


class DoorsOfRoom(Struct, frozen=True, kw_only=True):
    """What one room has on one day, by time."""

    name: str
    venue: str
    doors: list[Door]

    @property
    def now(self) -> Door | None:
        """What people come in for; of two at once the later, which has just begun or is about to."""
        return next((door for door in reversed(self.doors) if door.is_on and door.is_open), None)

    @property
    def next(self) -> Door | None:
        """What begins after it."""
        return next((door for door in self.doors if door.is_on and door.opens_at > clock.now()), None)


async def doors_by_day(edition_id: int) -> dict[date, list[Door]]:
    """All slots under the event's day they belong to, by time and room."""
    rows = await database.fetch(
        f"""
        SELECT {SUMMARY},
            (SELECT count(*) FROM attendance t WHERE t.slot = s.id AND t.state = 'present') AS present,
            coalesce(r.position, 32767) AS room_position
        FROM {WITH_ROOM}
        WHERE a.edition = $1
        ORDER BY s.starts_at, r.position, r.name, s.id
        """,
        edition_id,
    )
    doors = [Door(**row) for row in rows]
    return _by_day(doors, days_of((door.starts_at, door.ends_at) for door in doors))


def by_room(doors: Iterable[Door]) -> list[DoorsOfRoom]:
    """In the programme's order of rooms; what has no room comes last."""
    rooms: dict[tuple[int, str, str], list[Door]] = {}
    for door in doors:
        rooms.setdefault((door.room_position, door.room, door.venue), []).append(door)
    return [DoorsOfRoom(name=name, venue=venue, doors=rooms[_, name, venue]) for _, name, venue in sorted(rooms)]


async def day_of(slot: SlotSummary) -> date:
    """The event's day under which the slot's door is listed."""
    return _day_of((slot.starts_at, slot.ends_at), await _days(slot.edition))


async def is_on_its_day(slot: SlotSummary) -> bool:
    """Whether today is the slot's day: a presence marked on another is most likely a mistake."""
    return is_day_of(await day_of(slot), slot.ends_at.astimezone(TORONTO).date(), clock.now())


async def slots_with_seats_left(edition_id: int) -> dict[date, list[SlotSummary]]:
    """What the welcome desk can still offer, what goes on included; by the event's day and time."""
    rows = await database.fetch(
        f"""
        SELECT {SUMMARY} FROM {WITH_ROOM}
        WHERE a.edition = $1 AND s.state = 'scheduled' AND s.ends_at > $2 AND s.taken + s.held < s.seats
        ORDER BY s.starts_at, a.title_fr, s.id
        """,
        edition_id,
        clock.now(),
    )
    return _by_day([SlotSummary(**row) for row in rows], await _days(edition_id))


async def _days(edition_id: int) -> dict[Span, date]:
    """Of every slot of the edition: to which evening a night belongs shows only beside the others."""
    rows = await database.fetch(
        "SELECT s.starts_at, s.ends_at FROM slot s JOIN activity a ON a.id = s.activity WHERE a.edition = $1",
        edition_id,
    )
    return days_of((row["starts_at"], row["ends_at"]) for row in rows)


def _day_of(span: Span, days: Mapping[Span, date]) -> date:
    """A slot that an import moves between two readings is on the day of its own time."""
    return days.get(span, span[0].astimezone(TORONTO).date())


def _by_day(slots: Sequence[T], days: Mapping[Span, date]) -> dict[date, list[T]]:
    return {
        day: list(group)
        for day, group in groupby(slots, key=lambda slot: _day_of((slot.starts_at, slot.ends_at), days))
    }
