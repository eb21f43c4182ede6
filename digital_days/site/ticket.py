"""The ticket: who, which edition, the code that lets them in, and where they are expected."""

from litestar import Response, Router, get
from litestar.params import FromPath

from digital_days.kernel.agenda import items_of
from digital_days.kernel.agreements import pending_of
from digital_days.kernel.editions import Edition
from digital_days.kernel.permissions import Permission
from digital_days.kernel.private_links import WrongLink, private_path, proved_code
from digital_days.kernel.registrations import Registration, registration_called, registration_of
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import edition_of_link, keep_private, wrong_link
from digital_days.kernel.web.urls import url
from digital_days.site.ticket_facts import ticket_facts
from exhibitors.domain.contact_links import contacts_path, has_fair


@get("/{edition_slug:str}/mon-billet", name="site:my-ticket", permission=Permission.SIGNED_IN)
async def mine(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """The signed-in person's own; without a registration, the way to one."""
    registration = await registration_of(signed_in(request).id, edition.id)
    if registration is None:
        return page(request, "site/no_ticket.html", edition=edition)
    agenda = url("site:my-agenda", edition_slug=edition.slug)
    needs = url("scheduling:my-needs", edition_slug=edition.slug)
    contacts = url("exhibitors:my-contacts", edition_slug=edition.slug)
    return await _ticket_page(
        request, edition, registration, agenda=agenda, agree=url("site:agree"), needs=needs, contacts=contacts
    )


@get("/billet/{token:str}", name="site:ticket", permission=Permission.SIGNED_LINK)
async def by_link(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """For whoever holds the link of the mail."""
    registration = await registration_called(proved_code("ticket", token))
    edition = await edition_of_link(registration.edition_slug)
    agenda = private_path("site:agenda", "agenda", registration.code)
    agree = url("site:agree-by-link", token=token)
    needs = private_path("scheduling:needs", "needs", registration.code)
    contacts = contacts_path(registration.code)
    return await _ticket_page(
        request, edition, registration, agenda=agenda, agree=agree, needs=needs, contacts=contacts
    )


async def _ticket_page(
    request: PageRequest,
    edition: Edition,
    registration: Registration,
    *,
    agenda: str,
    agree: str,
    needs: str,
    contacts: str,
) -> Response[str]:
    items = await items_of(registration.person_id, edition.id)
    return page(
        request,
        "site/ticket.html",
        edition=edition,
        agenda_url=agenda,
        agree_url=agree,
        needs_url=needs,
        contacts_url=contacts if await has_fair(edition.id) else "",
        pending=await pending_of(registration.person_id, edition.id),
        **ticket_facts(registration, items),
    )


router = Router(
    path="/",
    route_handlers=[mine, by_link],
    after_request=keep_private,
    exception_handlers={WrongLink: wrong_link},
    include_in_schema=False,
)
