"""Cancelling somebody's registration for the edition, with every place they hold in it or wait for."""

from datetime import datetime

from digital_days.kernel import clock, database
from digital_days.kernel.i18n import N_, _
from scheduling.domain.giving_back import give_back
from scheduling.domain.offers import go_on

WHY = N_("Inscription annulée à l’accueil.")


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
            SELECT p.id, p.state = 'confirmed' AS held, s.id AS slot
            FROM place p JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity
            WHERE p.person = $1 AND a.edition = $2 AND (p.state = 'confirmed' OR EXISTS (
                SELECT FROM waiting_entry w WHERE w.code = p.code AND w.state IN ('waiting', 'offered')
            ))
            ORDER BY s.id FOR NO KEY UPDATE OF s
            """,
            cancelled["person"],
            edition_id,
        )
        slots = [row["slot"] for row in places]
        await _leave_lines(cancelled["person"], slots, now)
        await give_back([row["id"] for row in places if row["held"]], by="desk", now=now)
        await go_on(slots, now)
    return True


async def _leave_lines(person: int, slots: list[int], now: datetime) -> None:
    """First of all: what they give back frees their own time, and none of it is for them."""
    await database.fetch(
        """
        WITH old AS (
            SELECT id, slot, state FROM waiting_entry
            WHERE person = $1 AND slot = ANY($2) AND state IN ('waiting', 'offered')
        ), gone AS (
            UPDATE waiting_entry w SET state = 'removed', deadline = NULL, updated_at = $3
            FROM old WHERE w.id = old.id RETURNING w.id
        ), freed AS (
            UPDATE slot s SET held = s.held - 1 FROM old WHERE s.id = old.slot AND old.state = 'offered'
        )
        INSERT INTO waiting_event (entry, kind, words, at) SELECT id, 'removed', $4, $3 FROM gone
        """,
        person,
        slots,
        now,
        _(WHY),
    )
