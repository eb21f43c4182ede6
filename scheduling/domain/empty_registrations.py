"""Registrations of people who have no place left: nobody is expected under them."""

from datetime import datetime

from digital_days.kernel import database


async def end_empty_registration(person: int, edition: int, now: datetime) -> None:
    """Inside the caller's transaction, which holds the person; what the desk or an exhibitor has made stays."""
    await database.fetch(
        """
        UPDATE registration r SET state = 'cancelled', updated_at = $3
        WHERE r.person = $1 AND r.edition = $2 AND r.state = 'active' AND r.origin NOT IN ('desk', 'exhibitor')
            AND NOT EXISTS (
            SELECT FROM place p JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity
            WHERE p.person = $1 AND a.edition = $2 AND p.state = 'confirmed'
        )
        """,
        person,
        edition,
        now,
    )
