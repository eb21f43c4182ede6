"""What the fair does about facts of other services."""

from datetime import timedelta

from digital_days.kernel.editions import edition_called
from exhibitors.domain.fair_copying import copy_fair
from scheduling.events import EditionCopied


async def copy_the_fair(event: EditionCopied) -> None:
    """Twice is harmless: an edition that has a fair keeps it as it is."""
    source, edition = await edition_called(event.source), await edition_called(event.edition)
    await copy_fair(source.id, edition.id, timedelta(days=event.days))
