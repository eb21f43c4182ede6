"""Organisations that organisers keep apart, whatever the two wish; nobody but organisers learns of it."""

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_


class NoSuchOrganisation(NotFound):
    message = N_("Cette organisation ne participe pas aux rencontres éclair de cette édition.")


class SameSide(Conflict):
    message = N_("Choisissez une entreprise et une ressource : celles d’un même côté ne se rencontrent jamais.")


class NotKeptApart(NotFound):
    message = N_("Ces deux organisations ne sont pas gardées à part, ou ne le sont plus.")


class KeptApart(Struct, frozen=True, kw_only=True):
    """``planned``: a published meeting of the two is still to come; a new plan leaves it out."""

    business: str
    business_code: str
    resource: str
    resource_code: str
    reason: str
    planned: bool


_KEPT_APART = """
    SELECT b.name AS business, b.code AS business_code, r.name AS resource, r.code AS resource_code, x.reason,
        EXISTS (
            SELECT FROM meeting m JOIN match_participant one ON one.id = m.business
            JOIN match_participant other ON other.id = m.resource
            WHERE one.organisation = b.id AND other.organisation = r.id AND m.state = 'planned'
        ) AS planned
    FROM match_exclusion x
    JOIN match_organisation b ON b.id IN (x.one, x.other) AND b.side = 'business'
    JOIN match_organisation r ON r.id IN (x.one, x.other) AND r.side = 'resource'
    WHERE x.edition = $1 ORDER BY b.name, r.name, x.id
"""


async def kept_apart(edition_id: int) -> list[KeptApart]:
    """By the names of the businesses; one query."""
    return [KeptApart(**row) for row in await database.fetch(_KEPT_APART, edition_id)]


async def keep_apart(edition_id: int, one: str, other: str, *, reason: str) -> None:
    """By their codes; again replaces the reason. Raises ``NoSuchOrganisation``, ``SameSide``."""
    found = await database.fetch(
        "SELECT id, side FROM match_organisation WHERE edition = $1 AND code = ANY($2) ORDER BY id",
        edition_id,
        [one, other],
    )
    if len(found) != len({one, other}):
        raise NoSuchOrganisation
    if len({row["side"] for row in found}) == 1:
        raise SameSide
    await database.fetch(
        """
        INSERT INTO match_exclusion (edition, one, other, reason, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (one, other) DO UPDATE SET reason = excluded.reason
        """,
        edition_id,
        *(row["id"] for row in found),
        reason,
        clock.now(),
    )


async def let_meet(edition_id: int, one: str, other: str) -> None:
    """Again may the two be matched. Raises ``NotKeptApart``."""
    gone = await database.fetch(
        """
        DELETE FROM match_exclusion x USING match_organisation a, match_organisation b
        WHERE x.edition = $1 AND a.code = $2 AND b.code = $3
            AND x.one = least(a.id, b.id) AND x.other = greatest(a.id, b.id) RETURNING x.id
        """,
        edition_id,
        one,
        other,
    )
    if not gone:
        raise NotKeptApart
