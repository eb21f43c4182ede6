"""A service that listens to the fair, as one will."""

from collections.abc import Iterator
from contextlib import contextmanager

from digital_days.kernel import events
from exhibitors.events import LeadWithdrawn, SupportWanted
from tests.letters_read import promised

TOPICS = ("exhibitors.support-wanted>tests.support_wanted", "exhibitors.lead-withdrawn>tests.lead_withdrawn")


async def support_wanted(_event: SupportWanted) -> None:
    """Is only ever promised here."""


async def lead_withdrawn(_event: LeadWithdrawn) -> None:
    """Likewise."""


@contextmanager
def listening() -> Iterator[None]:
    """While inside, what happens at the fair is promised to these two."""
    before = {name: list(known) for name, known in events._subscribers.items()}
    events.subscribe({SupportWanted: [support_wanted], LeadWithdrawn: [lead_withdrawn]}, service="tests")
    try:
        yield
    finally:
        events._subscribers.clear()
        events._subscribers.update(before)


async def told(topic: str) -> list[dict[str, object]]:
    """What was promised to this listener."""
    return [message.payload for message in await promised(topic)]
