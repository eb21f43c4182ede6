"""Somebody at the desk: their ticket on paper, places to add or give back, the registration to cancel."""

from collections.abc import Collection
from datetime import date

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import clock, wake
from digital_days.kernel.agenda import items_of
from digital_days.kernel.attendees import attendee
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.registrations import Registration
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from digital_days.site.desk_people import registered_here
from digital_days.site.desk_places import take_each
from digital_days.site.desk_questions import missing_words, next_page
from digital_days.site.ticket_facts import ticket_facts
from scheduling.domain.activities import slots_held
from scheduling.domain.cancelled_registrations import cancel_registration
from scheduling.domain.desk_questions import to_ask
from scheduling.domain.doors import slots_with_seats_left
from scheduling.domain.held_places import HeldPlace, held_place, places_of
from scheduling.domain.needs import needs_of
from scheduling.domain.places import NoSuchPlace, cancel_place
from scheduling.domain.slots import SlotSummary

GIVEN_BACK = N_("La place est annulée : %(title)s.")
ADDED = N_("Place réservée : %(titles)s.")
NONE_CHOSEN = N_("Choisissez d’abord une activité.")
NOT_REGISTERED = N_("Cette inscription est annulée : rétablissez-la d’abord.")
CANCELLED = N_("Inscription annulée, et toutes les places aussi : %(name)s.")


class MoreActivities(Struct):
    """The codes of the slots ticked."""

    slots: list[str] = []


@get("/", name="site:desk-ticket", permission=Permission.DESK)
async def print_ticket(request: PageRequest, edition: RequestedEdition, registration: FromPath[str]) -> Response[str]:
    """Only tickets of this edition; the page prints as one sheet."""
    known = await registered_here(edition, registration)
    items = await items_of(known.person_id, edition.id)
    places = [place for place in await places_of(known.person_id, edition.id) if _can_be_given_back(place)]
    offered = (
        _without(await slots_with_seats_left(edition.id), await slots_held(known.person_id, edition.id))
        if known.is_active
        else {}
    )
    asked = [place for place in await to_ask(known.person_id, edition.id) if place.is_open]
    required = sum(place.required for place in asked)
    return page(
        request,
        "site/desk_ticket.html",
        edition=edition,
        entered_at=(await attendee(edition.id, known.code)).entered_at,
        places=places,
        needs=await needs_of(known.code),
        offered=offered,
        asked=asked,
        missing=missing_words(required) if required else "",
        **ticket_facts(known, items),
    )


@post("/places", name="site:desk-add-places", permission=Permission.DESK)
async def add_places(request: PageRequest, edition: RequestedEdition, registration: FromPath[str]) -> Redirect:
    """More activities for somebody registered already, or again those given back by mistake; then their questions."""
    known = await registered_here(edition, registration)
    form = await read_form(request, MoreActivities)
    if not known.is_active:
        return _back(edition, known, _(NOT_REGISTERED), kind="warning")
    taken = await take_each(edition.id, known.person_id, form["slots"])
    wake.soon()
    added = _(ADDED, titles=", ".join(taken.titles)) if taken.titles else ""
    said = " ".join(filter(None, [added, taken.why_not])) or _(NONE_CHOSEN)
    kind = "success" if taken.titles and not taken.reasons else "warning"
    return see_other(await next_page(edition, known, form["slots"]), flash=said, kind=kind)


@post("/places/{place:str}/rendre", name="site:desk-give-back", permission=Permission.DESK)
async def give_back(edition: RequestedEdition, registration: FromPath[str], place: FromPath[str]) -> Redirect:
    """For whoever has no mail to do it with, until the activity ends."""
    known = await registered_here(edition, registration)
    held = await held_place(place)
    if (held.person_id, held.edition_id) != (known.person_id, edition.id):
        raise NoSuchPlace
    freed = await cancel_place(held.code, by="desk")
    wake.soon()
    return _back(edition, known, _(GIVEN_BACK, title=held.title) if freed else "")


@post("/annuler", name="site:desk-cancel", permission=Permission.DESK)
async def cancel(edition: RequestedEdition, registration: FromPath[str]) -> Redirect:
    """The ticket opens no door any more; the same page offers to reinstate it."""
    known = await registered_here(edition, registration)
    cancelled = await cancel_registration(known.code, edition_id=edition.id)
    wake.soon()
    return _back(edition, known, _(CANCELLED, name=known.person_name) if cancelled else "")


def _can_be_given_back(place: HeldPlace) -> bool:
    return place.is_on and place.ends_at > clock.now()


def _without(offered: dict[date, list[SlotSummary]], held: Collection[str]) -> dict[date, list[SlotSummary]]:
    """What the person does not have yet."""
    left = {day: [slot for slot in slots if slot.code not in held] for day, slots in offered.items()}
    return {day: slots for day, slots in left.items() if slots}


def _back(edition: Edition, known: Registration, said: str, *, kind: str = "success") -> Redirect:
    target = url("site:desk-ticket", edition_slug=edition.slug, registration=known.code)
    return see_other(target, flash=said, kind=kind)


router = Router(
    path="/{edition_slug:str}/accueil/billets/{registration:str}",
    route_handlers=[print_ticket, add_places, give_back, cancel],
    include_in_schema=False,
)
