"""What somebody has agreed to, edition by edition: shown to them, given and withdrawn by them; no row is deleted."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from digital_days.kernel import clock, consents, database, i18n
from digital_days.kernel.consents import OPTIONAL, Consent
from digital_days.kernel.editions import Edition, edition_numbered

State = Literal["given", "pending", "withdrawn", "none"]


class Agreement(Struct, frozen=True, kw_only=True):
    """One purpose in one edition; ``text`` is what was read then, else what there is to read now."""

    purpose: str
    required: bool
    state: State
    text: str
    locale: i18n.Locale
    given_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def question(self) -> str:
        """Whether it was the person who ticked it; in the reader's language."""
        return i18n._(consents.ASKED[self.purpose])

    @property
    def is_asked(self) -> bool:
        """Whether the person may say yes now."""
        return not self.required and self.state != "given"


async def agreements_of(person_id: int, editions: Collection[int]) -> dict[int, list[Agreement]]:
    """For each of these editions every purpose in its order; one query."""
    rows = await database.fetch(
        """
        SELECT DISTINCT ON (edition, purpose) edition, purpose, text, locale, given_at, withdrawn_at,
            CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN proved_at IS NULL THEN 'pending'
                ELSE 'given' END AS state
        FROM consent WHERE person = $1 AND edition = ANY($2)
            AND (withdrawn_at IS NULL OR proved_at IS NOT NULL)
        ORDER BY edition, purpose, withdrawn_at IS NOT NULL, proved_at IS NULL, given_at DESC, id DESC
        """,
        person_id,
        list(editions),
    )
    known = {(row["edition"], row["purpose"]): row for row in rows}
    organisers = {edition: (await edition_numbered(edition)).organiser_name for edition in editions}
    return {
        edition: [
            _agreement(consent, known.get((edition, consent.purpose)), organiser) for consent in consents.REGISTRATION
        ]
        for edition, organiser in organisers.items()
    }


async def to_ask(person_id: int, edition_id: int) -> list[Consent]:
    """What a form has to ask this person: nothing once they have agreed to today's words in this edition.

    What is optional is then said, and taken back, on the account page.
    """
    rows = await database.fetch(
        """
        SELECT purpose, version FROM consent
        WHERE person = $1 AND edition = $2 AND proved_at IS NOT NULL AND withdrawn_at IS NULL
        """,
        person_id,
        edition_id,
    )
    said = {(row["purpose"], row["version"]) for row in rows}
    needed = {(consent.purpose, consent.version) for consent in consents.REGISTRATION if consent.required}
    return [] if needed <= said else [*consents.REGISTRATION]


async def pending_of(person_id: int, edition_id: int) -> list[Agreement]:
    """The optional ones that somebody has ticked for this address, and that its owner has not answered yet."""
    of_edition = await agreements_of(person_id, [edition_id])
    return [each for each in of_edition[edition_id] if each.state == "pending" and not each.required]


async def answer(person_id: int, edition_id: int, *, agreed: Collection[str], origin: str) -> None:
    """The person's own word on what is optional: what they tick is given at once, in the words of this page.

    What was pending is settled by it, ticked or not. Again changes nothing: what is given already stays as it is.
    """
    organiser = (await edition_numbered(edition_id)).organiser_name
    async with database.transaction():
        await _hold(person_id)
        await withdraw_pending(person_id, edition_id)
        await database.fetch(
            """
            INSERT INTO consent (person, edition, purpose, version, locale, text, origin, given_at, proved_at)
            SELECT $1, $2, c.purpose, c.version, $3, c.text, $4, $5, $5
            FROM jsonb_to_recordset($6::jsonb) AS c(purpose text, version smallint, text text)
            WHERE NOT EXISTS (
                SELECT FROM consent k WHERE k.person = $1 AND k.edition = $2 AND k.purpose = c.purpose
                    AND k.proved_at IS NOT NULL AND k.withdrawn_at IS NULL
            )
            """,
            person_id,
            edition_id,
            i18n.current(),
            origin,
            clock.now(),
            msgspec.json.encode(consents.given({*agreed} & {*OPTIONAL}, organiser=organiser)).decode(),
        )


async def agree(person_id: int, edition: Edition, consent: Consent, *, origin: str) -> None:
    """A person who is signed in, or stands at the desk, agrees in the words of the current language: it counts at once.

    In the caller's transaction.
    """
    await database.fetch(
        """
        INSERT INTO consent (person, edition, purpose, version, locale, text, origin, given_at, proved_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
        """,
        person_id,
        edition.id,
        consent.purpose,
        consent.version,
        i18n.current(),
        consent.text(edition.organiser_name),
        origin,
        clock.now(),
    )


async def withdraw(person_id: int, edition_id: int, *, purpose: str) -> bool:
    """From now on it no longer counts, however often it was given; False when there was nothing to withdraw.

    What the service cannot be given without is not withdrawn here.
    """
    return await _withdrawn(person_id, edition_id, purposes={purpose} & {*OPTIONAL}, only_pending=False)


async def withdraw_pending(person_id: int, edition_id: int) -> None:
    """What nobody has proved goes: whoever ticked it is not known to own the address."""
    await _withdrawn(person_id, edition_id, purposes=OPTIONAL, only_pending=True)


async def _withdrawn(person_id: int, edition_id: int, *, purposes: Collection[str], only_pending: bool) -> bool:
    rows = await database.fetch(
        """
        UPDATE consent SET withdrawn_at = $4
        WHERE person = $1 AND edition = $2 AND purpose = ANY($3) AND withdrawn_at IS NULL
            AND (proved_at IS NULL OR NOT $5)
        RETURNING id
        """,
        person_id,
        edition_id,
        list(purposes),
        clock.now(),
        only_pending,
    )
    return bool(rows)


async def _hold(person_id: int) -> None:
    """A form sent twice at once is one answer."""
    await database.fetch("SELECT FROM person WHERE id = $1 FOR NO KEY UPDATE", person_id)


def _agreement(consent: Consent, row: database.Row | None, organiser: str) -> Agreement:
    # A box to tick shows today's words; what was agreed to, or withdrawn, the words of that day.
    then = row if row and (row["state"] == "given" or consent.required) else None
    return Agreement(
        purpose=consent.purpose,
        required=consent.required,
        state=row["state"] if row else "none",
        text=then["text"] if then else consent.text(organiser),
        locale=i18n.as_locale(then["locale"]) if then else i18n.current(),
        given_at=row["given_at"] if row else None,
        withdrawn_at=row["withdrawn_at"] if row else None,
    )
