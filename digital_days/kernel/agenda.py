"""A person's agenda: what every service knows of where they are expected, in one list."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from msgspec import Struct

from digital_days.kernel import database


class AgendaItem(Struct, frozen=True, kw_only=True):
    """One line of a person's agenda, in the current language, ready for a page or a calendar file.

    ``uid``, ``sequence`` and ``updated_at`` are those of RFC 5545; ``cancel_path`` is empty where the person
    cannot cancel (any more). With a ``question`` that page is where the person answers it; where the organisers ask
    something (``asks``), it is there too.
    """

    uid: str
    sequence: int
    updated_at: datetime
    title: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    place: str
    path: str
    cancelled: bool = False
    cancel_path: str = ""
    asks: bool = False
    question: str = ""


Provider = Callable[[int, int], Awaitable[list[AgendaItem]]]

_providers: list[Provider] = []

# What holds a person is theirs in all editions together, as the constraint on their time is; who sits at a table or
# stands at a booth is expected there without a registration.
_EDITIONS = """
    SELECT d.id AS edition FROM edition d
    WHERE d.draft_of IS NULL
        AND EXISTS (SELECT FROM agenda_entry e WHERE e.person = $1 AND e.starts_at < $3 AND $2 < e.ends_at)
        AND (EXISTS (SELECT FROM registration r WHERE r.person = $1 AND r.edition = d.id)
            OR daterange(d.starts_on, d.ends_on, '[]') && daterange(
                ($2::timestamptz AT TIME ZONE 'America/Toronto')::date,
                ($3::timestamptz AT TIME ZONE 'America/Toronto')::date, '[]'))
    ORDER BY d.id
"""


def add_provider(provider: Provider) -> None:
    """``provider(person_id, edition_id)`` lists one service's items; called at start-up. Again is harmless."""
    if provider not in _providers:
        _providers.append(provider)


async def items_of(person_id: int, edition_id: int, *, with_cancelled: bool = False) -> list[AgendaItem]:
    """By time; cancelled items only where asked for (a feed keeps them, so that calendars drop them)."""
    items = [item for provider in _providers for item in await provider(person_id, edition_id)]
    return sorted(
        (item for item in items if with_cancelled or not item.cancelled),
        key=lambda item: (item.starts_at, item.uid),
    )


async def times_taken(person_id: int) -> list[tuple[datetime, datetime]]:
    """When the person is expected somewhere, in whatever edition; one query."""
    rows = await database.fetch(
        "SELECT starts_at, ends_at FROM agenda_entry WHERE person = $1 ORDER BY starts_at", person_id
    )
    return [(row["starts_at"], row["ends_at"]) for row in rows]


async def busy(person_id: int, starts_at: datetime, ends_at: datetime) -> list[AgendaItem]:
    """Where the person is expected in this span, in whatever edition; by time. Touching ends do not count."""
    editions = await database.fetch(_EDITIONS, person_id, starts_at, ends_at)
    items = [item for row in editions for item in await items_of(person_id, row["edition"])]
    return sorted(
        (item for item in items if item.starts_at < ends_at and starts_at < item.ends_at),
        key=lambda item: (item.starts_at, item.uid),
    )
