"""Work that takes a minute: one piece at a time beside the mails, which never wait for it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from digital_days.kernel import database
from digital_days.kernel.courier import DatabaseAway
from digital_days.kernel.failures import where

LOOKS_EVERY = 1.0

LongWork = Callable[[], Awaitable[bool]]

log = logging.getLogger(__name__)
_services: list[LongWork] = []


def add_service(work: LongWork) -> None:
    """``work()`` takes a piece that waits and does it, or says that there is none; cancelled, it gives it back.

    Called at start-up by the composition root, again is harmless.
    """
    if work not in _services:
        _services.append(work)


async def keep_at_it() -> None:
    """One piece after the other, as long as the process lives; looks once a second while there is none."""
    while True:
        if not await _worked():
            await asyncio.sleep(LOOKS_EVERY)


async def _worked() -> bool:
    if not database.DB.pool:
        return False  # not yet, or not at the moment
    found = False
    for work in _services:
        try:
            found |= await work()
        except DatabaseAway:
            return False
        except Exception as error:  # noqa: BLE001 - the next piece may be better
            log.error("long work stumbled: %s", where(error))  # noqa: TRY400 - a text may quote somebody's data
    return found
