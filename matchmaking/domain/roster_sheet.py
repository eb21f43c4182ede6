"""One person of the speed dating as organisers see them, with the wishes between their organisation and others."""

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_
from digital_days.kernel.mail import queue_mail
from matchmaking.domain.leaving import leave
from matchmaking.domain.participations import Participation, participation_of
from matchmaking.domain.pool import Strength

REMOVED = "matchmaking.removed"
"""The mail to whom organisers have removed."""


class NoSuchParticipant(NotFound):
    message = N_("Cette personne ne participe pas aux rencontres éclair, ou n’y est plus.")


class Wished(Struct, frozen=True, kw_only=True):
    """``theirs``: the other organisation's word about this one, else this one's about it."""

    name: str
    strength: Strength
    theirs: bool


class Sheet(Struct, frozen=True, kw_only=True):
    """``wishes``: musts first, then by name."""

    name: str
    email: str
    participation: Participation
    wishes: list[Wished]


_PERSON = """
    SELECT p.id, p.name, coalesce(p.email, '') AS email FROM match_participant m JOIN person p ON p.id = m.person
    WHERE m.edition = $1 AND m.code = $2
"""
_WISHES = """
    SELECT o.name, w.strength, w.about = $1 AS theirs
    FROM match_wish w JOIN match_organisation o ON o.id = CASE WHEN w.about = $1 THEN w.by ELSE w.about END
    WHERE $1 IN (w.by, w.about) ORDER BY array_position(ARRAY['must', 'like', 'no'], w.strength::text), o.name, o.id
"""


async def sheet_of(edition_id: int, code: str) -> Sheet:
    """Raises ``NoSuchParticipant``, also for another edition's. Three queries."""
    person = await _person(edition_id, code)
    participation = await participation_of(person["id"], edition_id)
    if participation is None:  # pragma: no cover - gone between two queries
        raise NoSuchParticipant
    rows = await database.fetch(_WISHES, participation.organisation_id)
    return Sheet(
        name=person["name"],
        email=person["email"],
        participation=participation,
        wishes=[Wished(**row) for row in rows],
    )


async def remove_participant(edition_id: int, code: str) -> None:
    """As if they had left by themselves, and told of it. Raises ``NoSuchParticipant``, ``NoParticipation``."""
    async with database.transaction():
        person: int = (await _person(edition_id, code))["id"]
        await leave(person, edition_id)
        await queue_mail(
            REMOVED,
            dedup_key=f"{REMOVED}:{code}:{clock.now().timestamp():.0f}",
            payload={"participant": code},
            person_id=person,
            edition_id=edition_id,
        )


async def _person(edition_id: int, code: str) -> database.Row:
    row = await database.fetch_one(_PERSON, edition_id, code)
    if row is None:
        raise NoSuchParticipant
    return row
