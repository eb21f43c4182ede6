"""A colleague is invited by their address; they take part once they have agreed themselves."""

from datetime import timedelta

from digital_days.kernel import clock, codes, database, i18n
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from digital_days.kernel.mail import queue_mail
from digital_days.kernel.people import account_of
from matchmaking.domain.participations import Participation

TOPIC = "matchmaking.colleague"
MOST = 10
AGAIN_AFTER = timedelta(minutes=10)


class IsOneself(Conflict):
    message = N_("C’est votre propre adresse : vous participez déjà.")


class TooManyColleagues(Conflict):
    message = N_("Au plus %(most)s personnes participent pour une organisation.")


async def invite_colleague(mine: Participation, *, name: str, email: str) -> None:
    """A mail tells them where to agree; again within ten minutes sends nothing more. One transaction.

    Whoever takes part elsewhere already stays there, and nobody learns of it. Raises ``IsOneself``,
    ``TooManyColleagues``.
    """
    async with database.transaction():
        await database.fetch("SELECT FROM match_organisation WHERE id = $1 FOR NO KEY UPDATE", mine.organisation_id)
        person = await account_of(name, email, locale=i18n.current())
        if await database.fetch("SELECT FROM match_participant WHERE id = $1 AND person = $2", mine.id, person):
            raise IsOneself
        await database.fetch(
            """
            INSERT INTO match_participant (code, edition, organisation, person, invited_by, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (edition, person) DO NOTHING
            """,
            codes.new_code(),
            mine.edition_id,
            mine.organisation_id,
            person,
            mine.id,
            clock.now(),
        )
        [row] = await database.fetch(
            "SELECT count(*) AS people FROM match_participant WHERE organisation = $1", mine.organisation_id
        )
        if row["people"] > MOST:
            raise TooManyColleagues(most=MOST)
        moment = int(clock.now().timestamp() // AGAIN_AFTER.total_seconds())
        await queue_mail(
            TOPIC,
            dedup_key=f"{TOPIC}:{mine.organisation_code}:{person}:{moment}",
            payload={"organisation": mine.organisation_code, "inviter": mine.code},
            person_id=person,
            edition_id=mine.edition_id,
        )
