"""Small speed datings for tests: two sides, the people who take part for them, their wishes, published meetings."""

from datetime import UTC, datetime, timedelta

import msgspec

from digital_days.kernel import clock, codes, database
from matchmaking.domain.pool import SOURCES, Side, Strength
from tests.factories import Made, make_person

MORNING = datetime(2027, 10, 21, 13, 0, tzinfo=UTC)
"""Nine o'clock in Toronto, on the sample edition's first day."""
ROUND, PAUSE = timedelta(minutes=15), timedelta(minutes=5)


async def made(table: str, **columns: object) -> int:
    """A row of the service's own; its number."""
    places = ", ".join(f"${number}" for number in range(1, len(columns) + 1))
    [row] = await database.fetch(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places}) RETURNING id", *columns.values()
    )
    return int(row["id"])


async def make_speed_dating(edition: Made, *, hours: int = 2, **columns: object) -> None:
    """Open since yesterday; one session from nine o'clock, of three rounds an hour."""
    session = {"starts_at": MORNING.isoformat(), "ends_at": (MORNING + timedelta(hours=hours)).isoformat()}
    given = {
        "opens_at": clock.now() - timedelta(days=1),
        "sessions": msgspec.json.encode([session]).decode(),
        "updated_at": clock.now(),
        **columns,
    }
    await made("speed_dating", edition=edition.id, **given)


async def make_organisation(edition: Made, name: str, *, side: Side = "business", **columns: object) -> Made:
    code, now = codes.new_code(), clock.now()
    given = {"code": code, "edition": edition.id, "side": side, "name": name, "created_at": now, "updated_at": now}
    return Made(await made("match_organisation", **given, **columns), code)


async def make_participant(
    edition: Made, organisation: Made, person: int | None = None, *, opted_in: bool = True, **columns: object
) -> Made:
    """``person``: a new one, named after the participant's code, where none is given."""
    code, now = codes.new_code(), clock.now()
    person = person or await make_person(f"Personne {code}", f"{code.lower()}@example.ca")
    given = {"code": code, "edition": edition.id, "organisation": organisation.id, "person": person}
    times = {"opted_in_at": now if opted_in else None, "created_at": now, "updated_at": now}
    return Made(await made("match_participant", **given, **times, **columns), code)


async def make_wish(by: Made, about: Made, strength: Strength = "like") -> None:
    await made("match_wish", by=by.id, about=about.id, strength=strength, created_at=clock.now())


async def make_round(edition: Made, number: int, **columns: object) -> None:
    """As published: three an hour from nine o'clock."""
    starts_at = MORNING + (number - 1) * (ROUND + PAUSE)
    given = {"starts_at": starts_at, "ends_at": starts_at + ROUND, **columns}
    await made("meeting_round", edition=edition.id, number=number, **given)


async def make_meeting(
    edition: Made,
    business: Made,
    resource: Made,
    *,
    number: int = 1,
    table: int = 1,
    began: datetime | None = None,
    **columns: object,
) -> Made:
    """Published, in this round (or where it has begun at that moment), with both people's agenda entries."""
    code, now = codes.new_code(), clock.now()
    starts_at = began or MORNING + (number - 1) * (ROUND + PAUSE)
    sides = {"business": business.id, "resource": resource.id}
    times = {"starts_at": starts_at, "ends_at": starts_at + ROUND, "created_at": now, "updated_at": now}
    row = {"code": code, "edition": edition.id, **sides, "round": number, "table_number": table, **times, **columns}
    meeting = await made("meeting", **row)
    seats: tuple[tuple[Side, Made], ...] = (("business", business), ("resource", resource))
    for side, participant in seats:
        await database.fetch(
            """
            INSERT INTO agenda_entry (person, starts_at, ends_at, source, source_code)
            SELECT person, $2, $3, $4, $5 FROM match_participant WHERE id = $1
            """,
            participant.id,
            starts_at,
            starts_at + ROUND,
            SOURCES[side],
            code,
        )
    return Made(meeting, code)
