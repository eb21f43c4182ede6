"""Portraits: kept by what they show, for as long as a speaker of a draft or of a public programme has them."""

from datetime import datetime

from digital_days.kernel import database
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_
from digital_days.kernel.pictures import squared
from digital_days.kernel.stored_pictures import UNUSED, hold_picture, store_picture, stored_picture

SIDE = 480
_TABLE = "portrait"


class NoSuchPortrait(NotFound):
    message = N_("Ce portrait n’existe pas, ou n’existe plus.")


async def keep_portrait(sent: bytes) -> str:
    """The name of the picture drawn from what somebody sent, stored; refuses like ``kernel.pictures``."""
    return await store_picture(_TABLE, await squared(sent, side=SIDE))


async def hold_portrait(digest: str) -> str:
    """Its name, and until the transaction ends nobody takes it away; empty when it is gone."""
    return await hold_picture(_TABLE, digest)


async def portrait_called(digest: str) -> bytes:
    """The picture; raises ``NoSuchPortrait``."""
    content = await stored_picture(_TABLE, digest)
    if content is None:
        raise NoSuchPortrait
    return content


async def forget_portraits(now: datetime) -> None:
    """Takes away those that nobody has had for a day: replaced in the draft and in the published version."""
    await database.fetch(
        """
        DELETE FROM portrait p
        WHERE p.created_at < $1 AND NOT EXISTS (SELECT FROM speaker s WHERE s.portrait = p.digest)
        """,
        now - UNUSED,
    )
