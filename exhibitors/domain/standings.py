"""Who has which booth now: what a plan and its table show, and what everybody may follow live."""

from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.revalidated import Revalidated

Standing = Literal["held", "taken"]


class Occupant(Struct, frozen=True, kw_only=True):
    """Whoever holds a booth or has booked it; ``booking`` and ``exhibitor`` are codes. A booth without one is free."""

    booth: str
    booking: str
    exhibitor: str
    name: str
    listed: bool
    state: Literal["held", "confirmed"]
    held_until: datetime | None
    offered: bool

    @property
    def is_held(self) -> bool:
        """Not booked yet: for a while only."""
        return self.state == "held"

    @property
    def standing(self) -> Standing:
        """In the words of a plan."""
        return "taken" if self.state == "confirmed" else "held"

    @property
    def public_name(self) -> str:
        """Empty until everybody may know."""
        return self.name if self.state == "confirmed" and self.listed else ""


# A hold whose time is over holds nothing, whether or not it has been swept away.
_LIVE = "k.state IN ('held', 'confirmed') AND (k.held_until IS NULL OR k.held_until > $2)"
_OCCUPANTS = f"""
    SELECT b.code AS booth, k.code AS booking, x.code AS exhibitor, x.name, x.listed, k.state, k.held_until, k.offered
    FROM booking k JOIN booth b ON b.id = k.booth JOIN exhibitor x ON x.id = k.exhibitor
    WHERE b.edition = $1 AND {_LIVE} ORDER BY b.id
"""


async def occupants_of(edition_id: int) -> dict[str, Occupant]:
    """By the booth's code; one query."""
    rows = await database.fetch(_OCCUPANTS, edition_id, clock.now())
    return {row["booth"]: Occupant(**row) for row in rows}


async def standings_of(edition_id: int) -> dict[str, Standing]:
    """Codes of booths that are not free, and nothing about who has them: for everybody."""
    rows = await database.fetch(
        f"""
        SELECT b.code, k.state FROM booking k JOIN booth b ON b.id = k.booth
        WHERE b.edition = $1 AND {_LIVE} ORDER BY b.id
        """,
        edition_id,
        clock.now(),
    )
    return {row["code"]: "taken" if row["state"] == "confirmed" else "held" for row in rows}


async def _written(edition_id: int) -> str:
    return msgspec.json.encode(await standings_of(edition_id)).decode()


async def _read(_edition_id: int, written: str) -> dict[str, Standing]:
    return msgspec.json.decode(written, type=dict[str, Standing])


live_standings = Revalidated(_written, _read)
"""``standings_of``, at most a second old: one query a second, however many follow; the same object until it changes."""
