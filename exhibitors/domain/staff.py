"""Everybody whom an exhibitor may expect at its booth: who acts for it, and whoever has a badge."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.people import fold


class Staff(Struct, frozen=True, kw_only=True):
    """``key`` is what forms call them; ``name`` is as the team knows them."""

    key: str
    person_id: int
    name: str


_MEMBERS = """
    SELECT 'm' || m.id AS key, m.person AS person_id, coalesce(nullif(m.name, ''), p.name) AS name
    FROM exhibitor_member m JOIN person p ON p.id = m.person WHERE m.exhibitor = $1 ORDER BY m.id
"""
_BADGES = """
    SELECT 'b' || b.code AS key, r.person AS person_id, b.name
    FROM staff_badge b JOIN registration r ON r.id = b.registration
    WHERE b.exhibitor = $1 AND r.state = 'active' ORDER BY b.id
"""


async def staff_of(exhibitor_id: int) -> list[Staff]:
    """Members first; a member who has a badge too is there once, as the account whose agenda they read. Two queries."""
    members = [Staff(**row) for row in await database.fetch(_MEMBERS, exhibitor_id)]
    people, names = {each.person_id for each in members}, {fold(each.name) for each in members}
    badges = [Staff(**row) for row in await database.fetch(_BADGES, exhibitor_id)]
    return members + [each for each in badges if each.person_id not in people and fold(each.name) not in names]
