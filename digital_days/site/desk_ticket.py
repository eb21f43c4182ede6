"""Somebody at the desk: their ticket on paper, the places they may give back, the registration to cancel."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel import clock, wake
from digital_days.kernel.agenda import items_of
from digital_days.kernel.check_in import UnknownTicket
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.registrations import Registration, registration_called
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from digital_days.site.ticket_facts import ticket_facts
from scheduling.domain.cancelled_registrations import cancel_registration
from scheduling.domain.held_places import HeldPlace, held_place, places_of
from scheduling.domain.places import NoSuchPlace, cancel_place

GIVEN_BACK = N_("La place est rendue : %(title)s.")
CANCELLED = N_("L’inscription de %(name)s est annulée, et ses places sont rendues.")


@get("/", name="site:desk-ticket", permission=Permission.DESK)
async def print_ticket(request: PageRequest, edition: RequestedEdition, registration: FromPath[str]) -> Response[str]:
    """Only tickets of this edition; the page prints as one sheet."""
    known = await _of_edition(edition, registration)
    items = await items_of(known.person_id, edition.id)
    places = [place for place in await places_of(known.person_id, edition.id) if _can_be_given_back(place)]
    return page(request, "site/desk_ticket.html", edition=edition, places=places, **ticket_facts(known, items))


@post("/places/{place:str}/rendre", name="site:desk-give-back", permission=Permission.DESK)
async def give_back(edition: RequestedEdition, registration: FromPath[str], place: FromPath[str]) -> Redirect:
    """For whoever has no mail to do it with, until the activity ends."""
    known = await _of_edition(edition, registration)
    held = await held_place(place)
    if (held.person_id, held.edition_id) != (known.person_id, edition.id):
        raise NoSuchPlace
    freed = await cancel_place(held.code, by="desk")
    wake.soon()
    return _back(edition, known, _(GIVEN_BACK, title=held.title) if freed else "")


@post("/annuler", name="site:desk-cancel", permission=Permission.DESK)
async def cancel(edition: RequestedEdition, registration: FromPath[str]) -> Redirect:
    """The ticket opens no door any more; the same page offers to reinstate it."""
    known = await _of_edition(edition, registration)
    cancelled = await cancel_registration(known.code, edition_id=edition.id)
    wake.soon()
    return _back(edition, known, _(CANCELLED, name=known.person_name) if cancelled else "")


async def _of_edition(edition: Edition, registration: str) -> Registration:
    known = await registration_called(registration)
    if known.edition_id != edition.id:
        raise UnknownTicket
    return known


def _can_be_given_back(place: HeldPlace) -> bool:
    return place.is_on and place.ends_at > clock.now()


def _back(edition: Edition, known: Registration, said: str) -> Redirect:
    return see_other(url("site:desk-ticket", edition_slug=edition.slug, registration=known.code), flash=said)


router = Router(
    path="/{edition_slug:str}/accueil/billets/{registration:str}",
    route_handlers=[print_ticket, give_back, cancel],
    include_in_schema=False,
)
