"""Which edition a visitor most likely means."""

from datetime import date

from digital_days.kernel import clock
from digital_days.kernel.editions import Edition, all_editions
from digital_days.kernel.i18n import TORONTO


def nearest_first(editions: list[Edition], today: date) -> list[Edition]:
    """The one that goes on or comes next, then later ones, then past ones from the last to the first."""
    coming = sorted((e for e in editions if e.ends_on >= today), key=lambda e: (e.starts_on, e.id))
    past = sorted((e for e in editions if e.ends_on < today), key=lambda e: (e.starts_on, e.id), reverse=True)
    return coming + past


async def editions_nearest_first() -> list[Edition]:
    """Every edition, in that order today."""
    return nearest_first(await all_editions(), clock.now().astimezone(TORONTO).date())
