"""Registrations: that a person takes part in an edition, and the code of the ticket that says so."""

from msgspec import Struct

from digital_days.kernel import clock, codes, database
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_


class NoSuchRegistration(NotFound):
    message = N_("Cette inscription n’existe pas ou n’existe plus.")


class NotAnnounced(Conflict):
    message = N_("Cette édition n’est pas encore annoncée : personne ne peut s’y inscrire.")


class Registration(Struct, frozen=True, kw_only=True):
    """Enough to show a ticket or an agenda."""

    code: str
    state: str
    person_id: int
    person_name: str
    edition_id: int
    edition_slug: str
    reminders: bool

    @property
    def is_active(self) -> bool:
        """Whether its ticket lets somebody in."""
        return self.state == "active"

    @property
    def spoken_code(self) -> str:
        """The code in two halves, for reading aloud and typing."""
        return f"{self.code[:5]}-{self.code[5:]}"


_REGISTRATION = """
    SELECT r.code, r.state, r.person AS person_id, p.name AS person_name, r.edition AS edition_id,
        e.slug AS edition_slug, r.reminders
    FROM registration r JOIN person p ON p.id = r.person JOIN edition e ON e.id = r.edition
"""


async def registration_called(code: str) -> Registration:
    """The registration with this public code; raises ``NoSuchRegistration``."""
    row = await database.fetch_one(f"{_REGISTRATION} WHERE r.code = $1", code)
    if row is None:
        raise NoSuchRegistration
    return Registration(**row)


async def registration_of(person_id: int, edition_id: int) -> Registration | None:
    """The person's registration for this edition, if there is one."""
    row = await database.fetch_one(f"{_REGISTRATION} WHERE r.person = $1 AND r.edition = $2", person_id, edition_id)
    return Registration(**row) if row else None


async def register(person_id: int, edition_id: int, *, origin: str) -> None:
    """In the caller's transaction: from now on they take part in the edition; again, or after cancelling, as well.

    What they agreed to is for the caller to record. Raises ``NotAnnounced``.
    """
    made = await database.fetch(
        """
        INSERT INTO registration AS r (code, person, edition, state, origin, created_at, updated_at)
        SELECT $1, $2, id, 'active', $4, $5, $5 FROM edition WHERE id = $3 AND announced FOR KEY SHARE
        ON CONFLICT (person, edition) DO UPDATE SET state = 'active',
            updated_at = CASE r.state WHEN 'active' THEN r.updated_at ELSE excluded.updated_at END
        RETURNING id
        """,
        codes.new_code(),
        person_id,
        edition_id,
        origin,
        clock.now(),
    )
    if not made:
        raise NotAnnounced


async def registrations_of(person_id: int) -> list[Registration]:
    """All of the person's registrations, the latest edition first."""
    rows = await database.fetch(f"{_REGISTRATION} WHERE r.person = $1 ORDER BY e.starts_on DESC, e.id", person_id)
    return [Registration(**row) for row in rows]
