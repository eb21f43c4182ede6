"""What holds for every place of an edition: how many each person may have, and how long an offered seat is kept."""

from datetime import datetime

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from scheduling.domain.offers import go_on

OFFER_HOURS = 12


class EditionRules(Struct, frozen=True, kw_only=True):
    """``most`` 0: any number; ``most_until`` none: for good. ``version`` is empty while nobody has said anything."""

    most: int = 0
    most_until: datetime | None = None
    offer_hours: int = OFFER_HOURS
    version: str = ""


_WRITE = """
    INSERT INTO edition_rules AS r (edition, most, most_until, offer_hours) VALUES ($1, $3, $4, $5)
    ON CONFLICT (edition) DO UPDATE SET most = EXCLUDED.most, most_until = EXCLUDED.most_until,
        offer_hours = EXCLUDED.offer_hours WHERE r.xmin::text = $2
    RETURNING r.id, (xmax = 0) AS is_new
"""
_HOLD_LINES = """
    SELECT s.id FROM slot s JOIN activity a ON a.id = s.activity
    WHERE a.edition = $1 AND EXISTS (SELECT FROM waiting_entry w WHERE w.slot = s.id AND w.state = 'waiting')
    ORDER BY s.id FOR NO KEY UPDATE OF s
"""


async def edition_rules_of(edition_id: int) -> EditionRules:
    """As they are on record."""
    row = await database.fetch_one(
        "SELECT most, most_until, offer_hours, xmin::text AS version FROM edition_rules WHERE edition = $1", edition_id
    )
    return EditionRules(**row) if row else EditionRules()


async def write_edition_rules(edition_id: int, rules: EditionRules) -> None:
    """In place of those seen in ``rules.version``; who may come now is offered what is free.

    One transaction. Raises ``ChangedMeanwhile``.
    """
    async with database.transaction():
        written = await database.fetch_one(
            _WRITE, edition_id, rules.version, rules.most, rules.most_until, rules.offer_hours
        )
        if written is None or (rules.version and written["is_new"]):
            raise ChangedMeanwhile
        slots = await database.fetch(_HOLD_LINES, edition_id)
        await go_on([slot["id"] for slot in slots], clock.now())
