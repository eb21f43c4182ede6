"""Roles of people in editions: given, taken back and listed by whoever runs the program."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.permissions import Role


class Grant(Struct, frozen=True, kw_only=True):
    """Without an edition it holds in all of them, as an administrator's does."""

    email: str
    name: str
    role: Role
    edition: str | None


async def give(person_id: int, role: Role, *, edition_id: int | None) -> bool:
    """False when the person has it already. It counts from their next request on."""
    given = await database.fetch(
        "INSERT INTO role_grant (person, edition, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id",
        person_id,
        edition_id,
        role.value,
    )
    return bool(given)


async def take_back(person_id: int, role: Role, *, edition_id: int | None) -> bool:
    """False when the person does not have it."""
    taken = await database.fetch(
        "DELETE FROM role_grant WHERE person = $1 AND role = $2 AND edition IS NOT DISTINCT FROM $3 RETURNING id",
        person_id,
        role.value,
        edition_id,
    )
    return bool(taken)


async def grants() -> list[Grant]:
    """Everybody's, those of all editions first."""
    rows = await database.fetch(
        """
        SELECT p.email, p.name, g.role, e.slug AS edition
        FROM role_grant g JOIN person p ON p.id = g.person LEFT JOIN edition e ON e.id = g.edition
        ORDER BY e.starts_on DESC NULLS FIRST, e.slug, g.role, p.email
        """
    )
    return [Grant(email=row["email"], name=row["name"], role=Role(row["role"]), edition=row["edition"]) for row in rows]
