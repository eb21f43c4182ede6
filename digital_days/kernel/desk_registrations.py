"""Registrations that the welcome desk makes: people without an address, or who share one, count like everybody."""

import msgspec

from digital_days.kernel import clock, codes, consents, database, i18n, sent_forms
from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.i18n import Locale
from digital_days.kernel.people import add_unproved_person
from digital_days.kernel.registrations import NotAnnounced

ORIGIN = "desk"


async def register_at_desk(
    *, edition_id: int, name: str, email: str, locale: Locale, agreed: set[str], form_code: str
) -> str:
    """Registers a new person; the registration's code, also when this very form had made it before.

    The address becomes an account's only if it is nobody's yet; else it is kept for messages. One transaction.
    Raises ``NotAnnounced``.
    """
    key = _key(edition_id, form_code)
    async with database.transaction():
        if not await sent_forms.is_new(key):
            return await registration_made_by(edition_id, form_code)
        person = await add_unproved_person(name=name, email=email, locale=locale)
        code = codes.new_code()
        made = await database.fetch(
            """
            INSERT INTO registration (code, person, edition, state, origin, created_at, updated_at)
            SELECT $1, $2, id, 'active', $4, $5, $5 FROM edition WHERE id = $3 AND announced FOR KEY SHARE
            RETURNING id
            """,
            code,
            person,
            edition_id,
            ORIGIN,
            clock.now(),
        )
        if not made:
            raise NotAnnounced
        await _record_consents(person, edition_id, locale, agreed)
        await sent_forms.keep(key, outcome="registered", code=code)
    return code


async def registration_made_by(edition_id: int, form_code: str) -> str:
    """The code that this form has brought before; empty when it is new."""
    return await sent_forms.brought_by(_key(edition_id, form_code))


async def reinstate(registration: str, *, edition_id: int) -> bool:
    """Makes a cancelled registration count again; False when it does already, or isn't this edition's."""
    row = await database.fetch_one(
        """
        UPDATE registration SET state = 'active', updated_at = $3
        WHERE code = $1 AND edition = $2 AND state = 'cancelled' RETURNING id
        """,
        registration,
        edition_id,
        clock.now(),
    )
    return row is not None


def _key(edition_id: int, form_code: str) -> str:
    return f"desk:{edition_id}:{form_code[:40]}"


async def _record_consents(person: int, edition_id: int, locale: Locale, agreed: set[str]) -> None:
    """Whoever stands there wants the ticket; what is optional waits until somebody answers at the address typed."""
    organiser = (await edition_numbered(edition_id)).organiser_name
    with i18n.use(locale):  # read aloud in the person's language, which need not be that of the desk's page
        given = consents.given(agreed, organiser=organiser)
    await database.fetch(
        """
        INSERT INTO consent (person, edition, purpose, version, locale, text, origin, given_at, proved_at)
        SELECT $1, $2, c.purpose, c.version, $3, c.text, $4, $5, CASE WHEN c.purpose = ANY($7) THEN $5::timestamptz END
        FROM jsonb_to_recordset($6::jsonb) AS c(purpose text, version smallint, text text)
        """,
        person,
        edition_id,
        locale,
        ORIGIN,
        clock.now(),
        msgspec.json.encode(given).decode(),
        consents.REQUIRED,
    )
