"""Registrations that somebody makes for others: each a person of their own, whose account nobody touches (0011)."""

import msgspec

from digital_days.kernel import clock, codes, consents, database, i18n
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import Locale
from digital_days.kernel.people import add_unproved_person
from digital_days.kernel.registrations import NotAnnounced


async def register_other(edition: Edition, *, name: str, email: str, locale: Locale, origin: str) -> int:
    """Inside the caller's transaction: a new person, registered; the registration's number.

    Where there is an address, what the service needs waits for its owner's word. Raises ``NotAnnounced``.
    """
    person = await add_unproved_person(name=name, email=email, locale=locale)
    row = await database.fetch_one(
        """
        INSERT INTO registration (code, person, edition, state, origin, created_at, updated_at)
        SELECT $1, $2, id, 'active', $4, $5, $5 FROM edition WHERE id = $3 AND announced FOR KEY SHARE
        RETURNING id
        """,
        codes.new_code(),
        person,
        edition.id,
        origin,
        clock.now(),
    )
    if row is None:
        raise NotAnnounced
    if email:
        await _ask_for_consent(person, edition, locale, origin)
    return int(row["id"])


async def _ask_for_consent(person: int, edition: Edition, locale: Locale, origin: str) -> None:
    with i18n.use(locale):
        given = consents.given({"registration"}, organiser=edition.organiser_name)
    await database.fetch(
        """
        INSERT INTO consent (person, edition, purpose, version, locale, text, origin, given_at)
        SELECT $1, $2, c.purpose, c.version, $3, c.text, $4, $5
        FROM jsonb_to_recordset($6::jsonb) AS c(purpose text, version smallint, text text)
        """,
        person,
        edition.id,
        locale,
        origin,
        clock.now(),
        msgspec.json.encode(given).decode(),
    )
