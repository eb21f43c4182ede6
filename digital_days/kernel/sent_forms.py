"""A form sent twice is one: its key waits for the first sending, and then says what that one brought."""

from digital_days.kernel import clock, database


async def is_new(key: str) -> bool:
    """In the caller's transaction: waits for the same form still being written elsewhere, and then says no."""
    row = await database.fetch_one(
        """
        INSERT INTO idempotency_key (key, fingerprint, created_at) VALUES ($1, '', $2)
        ON CONFLICT (key) DO NOTHING RETURNING id
        """,
        key,
        clock.now(),
    )
    return row is not None


async def keep(key: str, *, outcome: str, code: str) -> None:
    """What a new form has brought, in the same transaction."""
    await database.fetch("UPDATE idempotency_key SET outcome = $2, code = $3 WHERE key = $1", key, outcome, code)


async def brought_by(key: str) -> str:
    """The code kept of it; empty when it is new."""
    row = await database.fetch_one("SELECT code FROM idempotency_key WHERE key = $1", key)
    return str(row["code"]) if row else ""
