"""What the desk and the doors post: a ticket, or that somebody is let in on another day all the same."""

from msgspec import Struct

from digital_days.kernel.check_in import registration_on
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.pages import PageRequest


class Scanned(Struct):
    """A ticket, scanned or typed."""

    ticket: str = ""


class Wanted(Struct):
    """Whether the desk has read that this is not the day."""

    anyway: bool = False


async def wanted_anyway(request: PageRequest) -> bool:
    """Whether to note it on whatever day."""
    return (await read_form(request, Wanted)).value == Wanted(anyway=True)


async def registration_scanned(request: PageRequest) -> str:
    """The code of the registration whose ticket was posted; raises ``UnknownTicket`` when it cannot be one."""
    form = await read_form(request, Scanned)
    return registration_on(form.value.ticket if form.value else "")
