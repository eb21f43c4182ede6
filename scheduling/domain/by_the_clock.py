"""What becomes due by the clock alone: offers of places that are over, reminders, the evening's question how it was."""

from datetime import datetime

from scheduling.domain import offers
from scheduling.domain.feedback_invitations import invite
from scheduling.domain.group_reminders import remind_contacts
from scheduling.domain.reminders import remind


async def sweep(now: datetime) -> None:
    """Seats first: somebody waits for them."""
    await offers.sweep(now)
    await remind(now)
    await remind_contacts(now)
    await invite(now)
