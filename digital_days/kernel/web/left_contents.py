"""What one page leaves for the next, of any length: too long for a cookie, it waits in the database for its minute.

A browser drops a cookie of more than 4096 bytes without a word. The database knows neither whose it is nor what opens
it; the next to leave something, and the purge, take away what has waited its time.
"""

import secrets

from litestar.datastructures import Cookie

from digital_days.kernel import clock, database
from digital_days.kernel.web.left_cookies import LASTS, leave, left
from digital_days.kernel.web.sessions import hash_of

_LONGEST_IN_COOKIE = 2700
"""Bytes: a third more as the cookie writes them, and room for its name and the signature."""

_HERE, _IN_DATABASE = b"=", b"@"


async def leave_content(base: str, content: bytes) -> Cookie:
    """Like ``leave``, whatever the length."""
    if len(content) <= _LONGEST_IN_COOKIE:
        return leave(base, _HERE + content)
    token, now = secrets.token_urlsafe(32), clock.now()
    await database.fetch(
        """
        WITH gone AS (DELETE FROM left_content WHERE created_at < $1)
        INSERT INTO left_content (token_hash, content, created_at) VALUES ($2, $3, $4)
        """,
        now - LASTS,
        hash_of(token),
        content,
        now,
    )
    return leave(base, _IN_DATABASE + token.encode())


async def left_content(base: str, cookies: dict[str, str]) -> bytes | None:
    """Like ``left``. Nothing is taken away by reading: the page forgets the cookie, and with it what opens the row."""
    found = left(base, cookies)
    if found is None or found[:1] == _HERE:
        return found and found[1:]
    row = await database.fetch_one(
        "SELECT content FROM left_content WHERE token_hash = $1 AND created_at >= $2",
        hash_of(found[1:].decode()),
        clock.now() - LASTS,
    )
    return row["content"] if row else None
