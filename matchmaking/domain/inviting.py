"""Organisers invite somebody for an organisation that takes no part yet; nothing is decided before they agree."""

from digital_days.kernel import clock, codes, database, i18n
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from digital_days.kernel.mail import queue_mail
from digital_days.kernel.people import account_of
from matchmaking.domain.colleagues import AGAIN_AFTER
from matchmaking.domain.pool import Side

TOPIC = "matchmaking.invitation"


class HasAnswered(Conflict):
    message = N_("Cette personne a déjà répondu à son invitation.")


class TakesPartAlready(Conflict):
    message = N_("Cette personne participe déjà, ou a déjà reçu une invitation : cherchez-la dans la liste.")


async def invite(edition_id: int, *, side: Side, organisation: str, name: str, email: str) -> None:
    """The organisation, its first person and the mail, in one transaction. Raises ``TakesPartAlready``."""
    async with database.transaction():
        person, now = await account_of(name, email, locale=i18n.current()), clock.now()
        made = await database.fetch(
            """
            WITH house AS (
                INSERT INTO match_organisation (code, edition, side, name, created_at, updated_at)
                SELECT $1, $2, $3, $4, $7, $7
                WHERE NOT EXISTS (SELECT FROM match_participant WHERE edition = $2 AND person = $6) RETURNING id
            ) INSERT INTO match_participant (code, edition, organisation, person, created_at, updated_at)
            SELECT $5, $2, house.id, $6, $7, $7 FROM house ON CONFLICT (edition, person) DO NOTHING RETURNING id
            """,
            code := codes.new_code(),
            edition_id,
            side,
            organisation,
            codes.new_code(),
            person,
            now,
        )
        if not made:
            raise TakesPartAlready
        await _write_to(edition_id, code, person)


async def invite_again(edition_id: int, participant: str) -> None:
    """The same mail once more, for who has not answered; again within ten minutes sends nothing more.

    Raises ``HasAnswered``, also where there is nobody of this code.
    """
    async with database.transaction():
        row = await database.fetch_one(
            """
            SELECT o.code, m.person FROM match_participant m JOIN match_organisation o ON o.id = m.organisation
            WHERE m.edition = $1 AND m.code = $2 AND m.opted_in_at IS NULL AND m.left_at IS NULL FOR UPDATE OF m
            """,
            edition_id,
            participant,
        )
        if row is None:
            raise HasAnswered
        await _write_to(edition_id, row["code"], row["person"])


async def _write_to(edition_id: int, organisation: str, person: int) -> None:
    moment = int(clock.now().timestamp() // AGAIN_AFTER.total_seconds())
    await queue_mail(
        TOPIC,
        dedup_key=f"{TOPIC}:{organisation}:{person}:{moment}",
        payload={"organisation": organisation},
        person_id=person,
        edition_id=edition_id,
    )
