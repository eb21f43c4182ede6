"""Pieces of a programme in memory, without a database."""

from datetime import UTC, date, datetime, timedelta

from scheduling.domain.programme import FACETS, Activity, Label, Programme, Room, Slot
from scheduling.domain.words import Words

MORNING = datetime(2027, 10, 21, 13, 0, tzinfo=UTC)
THURSDAY, FRIDAY = date(2027, 10, 21), date(2027, 10, 22)
ROOMS = tuple(Room(id=number, name=Words(f"Salle {number}", "")) for number in range(1, 5))


def label(slug: str) -> Label:
    return Label(slug=slug, name=Words(slug.capitalize(), ""), number=0)


def activity(code: str, *, search_key: str = "", language: str = "fr", **labels: str) -> Activity:
    return Activity(
        code=code,
        title=Words(code, ""),
        subtitle="",
        summary=Words("", ""),
        description=Words("", ""),
        labels={facet: label(slug) for facet, slug in labels.items()},
        language=language,
        links=(),
        search_key=search_key,
        speakers=(),
    )


def slot(
    code: str,
    *,
    of: Activity | None = None,
    room: Room | None = None,
    begins: int = 0,
    lasts: int = 4,
    day: date = THURSDAY,
    seats: int | None = 10,
    taken: int = 0,
    cancelled: bool = False,
) -> Slot:
    """``begins`` and ``lasts`` are quarters of an hour."""
    start = MORNING + timedelta(minutes=15 * begins)
    return Slot(
        code=code,
        activity=of or activity(code),
        room=room,
        starts_at=start,
        ends_at=start + timedelta(minutes=15 * lasts),
        day=day,
        seats=seats,
        taken=taken,
        cancelled=cancelled,
        sequence=0,
        updated_at=MORNING,
    )


def programme(*slots: Slot) -> Programme:
    activities = {each.activity.code: each.activity for each in slots}
    labels = {
        facet: tuple(dict.fromkeys(each.labels[facet] for each in activities.values() if facet in each.labels))
        for facet in FACETS
    }
    return Programme(
        version="1",
        rooms=ROOMS,
        labels=labels,
        speakers={},
        activities=activities,
        slots=slots,
        slots_of={},
        activities_of={},
    )
