"""Small worlds for tests: an edition, an activity with a slot, people; each with the least it needs."""

from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from digital_days.kernel import codes, database
from digital_days.kernel.people import add_person, fold
from digital_days.kernel.permissions import Role

IN_A_YEAR = datetime(2027, 10, 21, 13, 0, tzinfo=UTC)


class Made(Struct, frozen=True):
    """The database's number and the public name of what was made."""

    id: int
    code: str


async def make_edition(
    slug: str = "jn2027",
    *,
    english: bool = True,
    name: str = "Journées numériques d’Argenteuil",
    starts_on: date = date(2027, 10, 21),
    ends_on: date = date(2027, 10, 22),
) -> Made:
    row = await database.fetch_one(
        """
        INSERT INTO edition (slug, name_fr, name_en, place_fr, starts_on, ends_on, postal_address, contact_email,
            english_ground_fr, english_ground_en)
        VALUES ($1, $2, $3, 'Lachute', $4, $5, 'Hôtel de ville, Lachute', 'info@jn.example', $6, $7) RETURNING id
        """,
        slug,
        name,
        "Argenteuil Digital Days" if english else "",
        starts_on,
        ends_on,
        "Membres de la communauté d’expression anglaise" if english else "",
        "Members of the English-speaking community" if english else "",
    )
    assert row is not None
    return Made(row["id"], slug)


async def make_room(edition: Made, name: str = "Salle des Lilas", *, capacity: int | None = 40) -> int:
    row = await database.fetch_one(
        "INSERT INTO room (edition, name, venue, capacity) VALUES ($1, $2, 'Bibliothèque', $3) RETURNING id",
        edition.id,
        name,
        capacity,
    )
    assert row is not None
    return int(row["id"])


async def make_activity(edition: Made, title: str = "Mots de passe solides", *, title_en: str = "") -> Made:
    code = codes.new_code()
    row = await database.fetch_one(
        """
        INSERT INTO activity (edition, code, source_id, title_fr, title_en, search_key)
        VALUES ($1, $2, $2, $3, $4, $5) RETURNING id
        """,
        edition.id,
        code,
        title,
        title_en,
        fold(title, title_en),
    )
    assert row is not None
    return Made(row["id"], code)


async def make_slot(
    activity: Made,
    *,
    seats: int | None = 12,
    starts_at: datetime = IN_A_YEAR,
    lasts: timedelta = timedelta(hours=1),
    room: int | None = None,
) -> Made:
    code = codes.new_code()
    row = await database.fetch_one(
        """
        INSERT INTO slot (activity, code, source_id, starts_at, ends_at, seats, room)
        VALUES ($1, $2, $2, $3, $4, $5, $6) RETURNING id
        """,
        activity.id,
        code,
        starts_at,
        starts_at + lasts,
        seats,
        room,
    )
    assert row is not None
    return Made(row["id"], code)


async def make_person(name: str = "Bob Tremblay", email: str = "bob@example.ca", *, locale: str = "fr") -> int:
    return await add_person(name=name, email=email, locale=locale, account=bool(email))


async def grant(person_id: int, role: Role, edition: Made | None) -> None:
    await database.fetch(
        "INSERT INTO role_grant (person, edition, role) VALUES ($1, $2, $3)",
        person_id,
        edition.id if edition else None,
        role,
    )
