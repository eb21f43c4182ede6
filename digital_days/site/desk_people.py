"""Whose ticket the desk holds."""

from digital_days.kernel.check_in import UnknownTicket
from digital_days.kernel.editions import Edition
from digital_days.kernel.registrations import Registration, registration_called


async def registered_here(edition: Edition, registration: str) -> Registration:
    """Raises ``UnknownTicket`` also for a ticket of another edition."""
    known = await registration_called(registration)
    if known.edition_id != edition.id:
        raise UnknownTicket
    return known
