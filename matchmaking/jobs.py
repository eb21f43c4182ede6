"""What the speed dating does about facts of other services."""

from datetime import timedelta

from digital_days.kernel.editions import edition_called
from matchmaking.domain.copying import copy_speed_dating
from scheduling.events import EditionCopied


async def copy_the_speed_dating(event: EditionCopied) -> None:
    """Twice is harmless: an edition that has a speed dating keeps it as it is."""
    source, edition = await edition_called(event.source), await edition_called(event.edition)
    await copy_speed_dating(source.id, edition.id, timedelta(days=event.days))
