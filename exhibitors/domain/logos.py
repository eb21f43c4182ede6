"""Logos: kept by what they show, for as long as an exhibitor has them."""

import hashlib
from datetime import datetime, timedelta

from digital_days.kernel import clock, database
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_
from digital_days.kernel.pictures import MEDIA_TYPE, whole

SIZE = (480, 320)
"""Every logo's, in pixels: whatever its own shape, it stands in the middle on white."""
_UNUSED = timedelta(days=1)  # a form that comes back with an error keeps the picture that was sent with it


class NoSuchLogo(NotFound):
    message = N_("Ce logo n’existe pas, ou n’existe plus.")


async def keep_logo(sent: bytes) -> str:
    """The name of the picture drawn from what somebody sent, stored; refuses like ``kernel.pictures``."""
    drawn = await whole(sent, size=SIZE)
    digest = hashlib.sha256(drawn).hexdigest()
    await database.fetch(
        """
        INSERT INTO exhibitor_logo (digest, media_type, content, created_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (digest) DO UPDATE SET created_at = excluded.created_at
        """,
        digest,
        MEDIA_TYPE,
        drawn,
        clock.now(),
    )
    return digest


async def hold_logo(digest: str) -> str:
    """Its name, and until the transaction ends nobody takes it away; empty when it is gone."""
    row = await database.fetch_one(
        "UPDATE exhibitor_logo SET created_at = $2 WHERE digest = $1 RETURNING digest", digest, clock.now()
    )
    return str(row["digest"]) if row else ""


async def logo_called(digest: str) -> bytes:
    """The picture; raises ``NoSuchLogo``."""
    row = await database.fetch_one("SELECT content FROM exhibitor_logo WHERE digest = $1", digest)
    if row is None:
        raise NoSuchLogo
    return bytes(row["content"])


async def forget_logos(now: datetime) -> None:
    """Takes away those that no exhibitor has had for a day."""
    await database.fetch(
        """
        DELETE FROM exhibitor_logo l
        WHERE l.created_at < $1 AND NOT EXISTS (SELECT FROM exhibitor x WHERE x.logo = l.digest)
        """,
        now - _UNUSED,
    )
