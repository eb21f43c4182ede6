"""A ticket on paper, for whoever has no mailbox or has lost the mail."""

from litestar import Response, get
from litestar.params import FromPath

from digital_days.kernel.agenda import items_of
from digital_days.kernel.check_in import UnknownTicket
from digital_days.kernel.permissions import Permission
from digital_days.kernel.registrations import registration_called
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.site.ticket_facts import ticket_facts


@get(
    "/{edition_slug:str}/accueil/billets/{registration:str}",
    name="site:desk-ticket",
    permission=Permission.DESK,
    include_in_schema=False,
)
async def print_ticket(request: PageRequest, edition: RequestedEdition, registration: FromPath[str]) -> Response[str]:
    """Only tickets of this edition; the page prints as one sheet."""
    known = await registration_called(registration)
    if known.edition_id != edition.id:
        raise UnknownTicket
    items = await items_of(known.person_id, edition.id)
    return page(request, "site/desk_ticket.html", edition=edition, **ticket_facts(known, items))
