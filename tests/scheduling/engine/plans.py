"""Small plans, for tests: quarters of an hour from nine o'clock."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from scheduling.engine.conflicts import Opening, Plan, PlannedRoom, PlannedSlot
from scheduling.engine.overlaps import Span

NINE = datetime(2027, 10, 21, 13, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
LILAC = PlannedRoom(id=1, name="Salle des Lilas", capacity=20, workstations=8)
GARAGE = PlannedRoom(id=2, name="Garage")


def span(begins: int, lasts: int) -> Span:
    return NINE + begins * QUARTER, NINE + (begins + lasts) * QUARTER


def slot(
    number: int,
    begins: int,
    lasts: int = 4,
    *,
    title: str = "",
    room: int | None = None,
    seats: int | None = None,
    needs_workstations: bool = False,
    speakers: Sequence[int] = (),
    audience: int | None = None,
    theme: int | None = None,
    activity: int | None = None,
) -> PlannedSlot:
    starts_at, ends_at = span(begins, lasts)
    return PlannedSlot(
        id=number,
        code=f"S{number}",
        key=f"S{number}",
        activity=number if activity is None else activity,
        title=title or f"Activité {number}",
        starts_at=starts_at,
        ends_at=ends_at,
        room=room,
        seats=seats,
        needs_workstations=needs_workstations,
        speakers=tuple(speakers),
        audience=audience,
        theme=theme,
    )


def plan(
    *slots: PlannedSlot,
    available: Mapping[int, Sequence[Span]] | None = None,
    opening: Iterable[Opening] = (),
) -> Plan:
    return Plan(
        slots={each.id: each for each in slots},
        rooms={room.id: room for room in (LILAC, GARAGE)},
        speakers={1: "Alice Roy", 2: "Bob Tremblay"},
        labels={1: "Entreprises", 2: "Cybersécurité"},
        available=available or {},
        opening=tuple(opening),
    )
