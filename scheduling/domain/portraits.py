"""Portraits: kept by what they show, for as long as a speaker of a draft or of a public programme has them."""

import hashlib
from datetime import datetime, timedelta

from digital_days.kernel import clock, database
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_
from digital_days.kernel.pictures import MEDIA_TYPE, squared

SIDE = 480
_UNUSED = timedelta(days=1)  # a form that comes back with an error keeps the picture that was sent with it


class NoSuchPortrait(NotFound):
    message = N_("Ce portrait n’existe pas, ou n’existe plus.")


async def keep_portrait(sent: bytes) -> str:
    """The name of the picture drawn from what somebody sent, stored; refuses like ``kernel.pictures``."""
    drawn = await squared(sent, side=SIDE)
    digest = hashlib.sha256(drawn).hexdigest()
    await database.fetch(
        """
        INSERT INTO portrait (digest, media_type, content, created_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (digest) DO UPDATE SET created_at = excluded.created_at
        """,
        digest,
        MEDIA_TYPE,
        drawn,
        clock.now(),
    )
    return digest


async def hold_portrait(digest: str) -> str:
    """Its name, and until the transaction ends nobody takes it away; empty when it is gone."""
    row = await database.fetch_one(
        "UPDATE portrait SET created_at = $2 WHERE digest = $1 RETURNING digest", digest, clock.now()
    )
    return str(row["digest"]) if row else ""


async def portrait_called(digest: str) -> bytes:
    """The picture; raises ``NoSuchPortrait``."""
    row = await database.fetch_one("SELECT content FROM portrait WHERE digest = $1", digest)
    if row is None:
        raise NoSuchPortrait
    return bytes(row["content"])


async def forget_portraits(now: datetime) -> None:
    """Takes away those that nobody has had for a day: replaced in the draft and in the published version."""
    await database.fetch(
        """
        DELETE FROM portrait p
        WHERE p.created_at < $1 AND NOT EXISTS (SELECT FROM speaker s WHERE s.portrait = p.digest)
        """,
        now - _UNUSED,
    )
