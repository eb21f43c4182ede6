"""Who stands on which sheet: names at the doors and at the welcome desk, and what a name badge says. Nothing else.

What people need is put on a door's sheet only where somebody asks for it (``scheduling.domain.needs``).
"""

from msgspec import Struct

from digital_days.kernel import database


class Listed(Struct, frozen=True, kw_only=True):
    """A line of a list; ``registration`` is the ticket's code."""

    registration: str
    name: str

    @property
    def ticket(self) -> str:
        """The whole code, as it stands on the ticket."""
        return f"{self.registration[:5]}-{self.registration[5:]}"

    @property
    def beginning(self) -> str:
        """Enough to compare with a ticket, too little to write one."""
        return f"{self.registration[:5]}…"


class Badge(Listed, frozen=True, kw_only=True):
    """``organisation`` is known of those who are on a speaker's page."""

    organisation: str


async def people_by_slot(edition_id: int) -> dict[str, list[Listed]]:
    """Who holds a place, by the slot's code and then by name; one query for all doors."""
    rows = await database.fetch(
        """
        SELECT s.code AS slot, r.code AS registration, p.name
        FROM slot s JOIN activity a ON a.id = s.activity
        JOIN place x ON x.slot = s.id AND x.state = 'confirmed'
        JOIN person p ON p.id = x.person JOIN registration r ON r.person = p.id AND r.edition = a.edition
        WHERE a.edition = $1 ORDER BY s.id, p.search_key, r.id
        """,
        edition_id,
    )
    listed: dict[str, list[Listed]] = {}
    for row in rows:
        listed.setdefault(row["slot"], []).append(Listed(registration=row["registration"], name=row["name"]))
    return listed


async def everybody(edition_id: int) -> list[Listed]:
    """Those whose ticket lets them in, by name."""
    rows = await database.fetch(
        """
        SELECT r.code AS registration, p.name FROM registration r JOIN person p ON p.id = r.person
        WHERE r.edition = $1 AND r.state = 'active' ORDER BY p.search_key, r.id
        """,
        edition_id,
    )
    return [Listed(**row) for row in rows]


async def badges(edition_id: int) -> list[Badge]:
    """The same people, with where they come from."""
    rows = await database.fetch(
        """
        SELECT r.code AS registration, p.name, coalesce((
            SELECT k.organisation FROM speaker k JOIN edition d ON d.id = k.edition
            WHERE k.person = p.id AND coalesce(d.draft_of, d.id) = r.edition AND k.organisation <> ''
            ORDER BY k.id LIMIT 1
        ), '') AS organisation
        FROM registration r JOIN person p ON p.id = r.person
        WHERE r.edition = $1 AND r.state = 'active' ORDER BY p.search_key, r.id
        """,
        edition_id,
    )
    return [Badge(**row) for row in rows]
