"""Pictures in a table of a service, each named by what it shows: the same one twice is one row.

Such a table has the columns ``digest`` (unique), ``media_type``, ``content`` and ``created_at``; the service says how
it draws them, and takes away what it needs no more.
"""

import hashlib
from datetime import timedelta
from typing import LiteralString

from digital_days.kernel import clock, database
from digital_days.kernel.pictures import MEDIA_TYPE

UNUSED = timedelta(days=1)
"""How long one that nothing has is kept: a form that comes back with an error keeps the picture sent with it."""


async def store_picture(table: LiteralString, drawn: bytes) -> str:
    """Its name; a picture that is there already is as new as this one."""
    digest = hashlib.sha256(drawn).hexdigest()
    await database.fetch(
        f"""
        INSERT INTO {table} (digest, media_type, content, created_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (digest) DO UPDATE SET created_at = excluded.created_at
        """,
        digest,
        MEDIA_TYPE,
        drawn,
        clock.now(),
    )
    return digest


async def hold_picture(table: LiteralString, digest: str) -> str:
    """Its name, and until the transaction ends nobody takes it away; empty when it is gone."""
    row = await database.fetch_one(
        f"UPDATE {table} SET created_at = $2 WHERE digest = $1 RETURNING digest", digest, clock.now()
    )
    return str(row["digest"]) if row else ""


async def stored_picture(table: LiteralString, digest: str) -> bytes | None:
    """What is to be shown; none when it is gone."""
    row = await database.fetch_one(f"SELECT content FROM {table} WHERE digest = $1", digest)
    return bytes(row["content"]) if row else None
