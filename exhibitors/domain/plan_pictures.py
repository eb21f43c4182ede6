"""Pictures of halls, for plans to be drawn over: what is seen in them, under a name made of its content."""

import hashlib
from datetime import datetime

from digital_days.kernel import clock, database, files
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_
from digital_days.kernel.pictures import scaled
from digital_days.kernel.stored_pictures import UNUSED

SIDE = 2400


class NoSuchPlanPicture(NotFound):
    message = N_("Cette image n’existe pas, ou n’existe plus.")


async def keep_plan_picture(sent: bytes) -> str:
    """Its name; refuses like ``kernel.pictures``. The same picture again is the one that is kept already."""
    drawn, width, height = await scaled(sent, side=SIDE)
    digest = hashlib.sha256(drawn).hexdigest()
    known = await database.fetch(
        "UPDATE plan_picture SET created_at = $2 WHERE digest = $1 RETURNING digest", digest, clock.now()
    )
    if not known:
        await database.fetch(
            """
            INSERT INTO plan_picture (digest, file, width, height, created_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (digest) DO NOTHING
            """,
            digest,
            await files.keep(drawn),
            width,
            height,
            clock.now(),
        )
    return digest


async def plan_picture(digest: str) -> bytes:
    """WebP; raises ``NoSuchPlanPicture``."""
    row = await database.fetch_one("SELECT file FROM plan_picture WHERE digest = $1", digest)
    if row is None:
        raise NoSuchPlanPicture
    return await files.read(row["file"])


async def forget_plan_pictures(now: datetime) -> None:
    """Takes away those that no plan has had for a day."""
    gone = await database.fetch(
        """
        DELETE FROM plan_picture p WHERE p.created_at < $1
        AND NOT EXISTS (SELECT FROM floor_plan f WHERE f.background = p.digest) RETURNING file
        """,
        now - UNUSED,
    )
    for row in gone:
        await files.drop(row["file"])
