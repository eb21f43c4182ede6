"""Logos: kept by what they show, for as long as an exhibitor has them."""

from datetime import datetime

from digital_days.kernel import database
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_
from digital_days.kernel.pictures import whole
from digital_days.kernel.stored_pictures import UNUSED, hold_picture, store_picture, stored_picture

SIZE = (480, 320)
"""Every logo's, in pixels: whatever its own shape, it stands in the middle on white."""
_TABLE = "exhibitor_logo"


class NoSuchLogo(NotFound):
    message = N_("Ce logo n’existe pas, ou n’existe plus.")


async def keep_logo(sent: bytes) -> str:
    """The name of the picture drawn from what somebody sent, stored; refuses like ``kernel.pictures``."""
    return await store_picture(_TABLE, await whole(sent, size=SIZE))


async def hold_logo(digest: str) -> str:
    """Its name, and until the transaction ends nobody takes it away; empty when it is gone."""
    return await hold_picture(_TABLE, digest)


async def logo_called(digest: str) -> bytes:
    """The picture; raises ``NoSuchLogo``."""
    content = await stored_picture(_TABLE, digest)
    if content is None:
        raise NoSuchLogo
    return content


async def forget_logos(now: datetime) -> None:
    """Takes away those that no exhibitor has had for a day."""
    await database.fetch(
        """
        DELETE FROM exhibitor_logo l
        WHERE l.created_at < $1 AND NOT EXISTS (SELECT FROM exhibitor x WHERE x.logo = l.digest)
        """,
        now - UNUSED,
    )
