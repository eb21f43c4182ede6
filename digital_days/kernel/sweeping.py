"""What becomes due by the clock alone: every service is asked once a minute, by any number of workers at once."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from digital_days.kernel import clock
from digital_days.kernel.courier import DatabaseAway
from digital_days.kernel.failures import where

EVERY = timedelta(minutes=1)

Sweep = Callable[[datetime], Awaitable[None]]

log = logging.getLogger(__name__)
_services: list[Sweep] = []


def add_service(sweep: Sweep) -> None:
    """Tells who promises things by the clock; called at start-up by the composition root, again is harmless."""
    if sweep not in _services:
        _services.append(sweep)


async def sweep(now: datetime) -> None:
    """Asks each of them; what goes wrong with one keeps none of the others from it."""
    for service in _services:
        try:
            await service(now)
        except DatabaseAway:
            raise
        except Exception as error:  # noqa: BLE001 - mails that wait must leave all the same
            log.error("a sweep stumbled: %s", where(error))  # noqa: TRY400 - a text may quote somebody's data


class Sweeper:
    """One a worker process: remembers when it has swept."""

    def __init__(self) -> None:
        self._again_at: datetime | None = None

    async def sweep_if_due(self) -> None:
        """At most once a minute, whatever becomes of it."""
        now = clock.now()
        if self._again_at is None or now >= self._again_at:
            self._again_at = now + EVERY
            await sweep(now)
