"""Cancelling somebody's registration for the edition, with every place they still hold in it."""

from digital_days.kernel import clock, database
from scheduling.domain.giving_back import give_back


async def cancel_registration(registration: str, *, edition_id: int) -> bool:
    """False when it is cancelled already, or isn't this edition's; past activities stay as they were. One transaction.

    Taking a place again, or reinstating it, makes it count anew.
    """
    now = clock.now()
    async with database.transaction():
        await database.fetch(
            """
            SELECT FROM person WHERE id = (SELECT person FROM registration WHERE code = $1 AND edition = $2)
            FOR NO KEY UPDATE
            """,
            registration,
            edition_id,
        )
        cancelled = await database.fetch_one(
            """
            UPDATE registration SET state = 'cancelled', updated_at = $3
            WHERE code = $1 AND edition = $2 AND state = 'active' RETURNING person
            """,
            registration,
            edition_id,
            now,
        )
        if cancelled is None:
            return False
        # The slots in the order that imports keep too.
        places = await database.fetch(
            """
            SELECT p.id FROM place p JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity
            WHERE p.person = $1 AND a.edition = $2 AND p.state = 'confirmed' ORDER BY s.id FOR NO KEY UPDATE OF s
            """,
            cancelled["person"],
            edition_id,
        )
        await give_back([row["id"] for row in places], by="desk", now=now)
    return True
