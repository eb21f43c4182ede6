"""An exhibitor says when it unloads."""

from typing import Annotated

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta, Struct

from digital_days.kernel import i18n
from digital_days.kernel.calendar_file import CalendarEntry, Organizer, feed
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import _, format_day
from digital_days.kernel.permissions import Permission
from digital_days.kernel.settings import current
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import OneLine, read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import absolute, url
from exhibitors.domain.arrival_slots import ArrivalSlot, NoSuchArrivalSlot
from exhibitors.domain.arrivals import (
    Arrival,
    ArrivalTaken,
    arrival_of,
    cancel_arrival,
    choose_arrival,
    coming_slots,
)
from exhibitors.domain.badges import NotAtTheFair
from exhibitors.domain.exhibitors import Exhibitor
from exhibitors.domain.portals import booth_of
from exhibitors.routes.portal_menu import portal_menu
from exhibitors.routes.portal_page import acting_for

ROUTE = "exhibitors:arrival"


class ArrivalForm(Struct, frozen=True):
    """``slot`` is a quarter's ``key``."""

    slot: str
    vehicle: Annotated[OneLine, Meta(max_length=120)] = OneLine("")


@get("/arrivee", name=ROUTE, permission=Permission.SIGNED_IN)
async def show(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str]:
    """The quarters that are free, and the one that is chosen."""
    own = await acting_for(request, edition, exhibitor)
    return await _arrival_page(request, edition, own)


@post("/arrivee", name="exhibitors:choose-arrival", permission=Permission.SIGNED_IN)
async def choose(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str] | Redirect:
    """The first who asks has it; what was chosen before stays until then."""
    own = await acting_for(request, edition, exhibitor)
    form = await read_form(request, ArrivalForm)
    if form.value:
        try:
            await choose_arrival(own, form.value.slot, vehicle=form.value.vehicle)
            return _back(edition, own, _("Votre heure d’arrivée est notée."))
        except (ArrivalTaken, NoSuchArrivalSlot, NotAtTheFair) as refusal:
            form.refuse("slot", str(refusal))
    typed = {"slot": str(form["slot"]), "vehicle": str(form["vehicle"])}
    return await _arrival_page(request, edition, own, typed=typed, errors=form.errors)


@post("/arrivee/annuler", name="exhibitors:cancel-arrival", permission=Permission.SIGNED_IN)
async def cancel(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Redirect:
    """Somebody else may have it."""
    own = await acting_for(request, edition, exhibitor)
    await cancel_arrival(own.id)
    return _back(edition, own, _("Votre heure d’arrivée est annulée : choisissez-en une autre quand vous voulez."))


@get("/arrivee.ics", name="exhibitors:arrival-file", permission=Permission.SIGNED_IN)
async def calendar_file(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[bytes]:
    """For a calendar; raises ``NoArrivalChosen``."""
    own = await acting_for(request, edition, exhibitor)
    arrival = await arrival_of(own.id)
    if arrival is None:
        raise NoArrivalChosen
    content = feed(
        [_entry(edition, own, arrival, await booth_of(own.id))],
        name=edition.name,
        organizer=Organizer(name=edition.name, email=current().mail_from),
        language=i18n.current(),
    )
    headers = {
        "cache-control": "private, no-store",
        "content-disposition": f'attachment; filename="{_("arrivee")}-{edition.slug}.ics"',
    }
    return Response(content, media_type="text/calendar", headers=headers)


class NoArrivalChosen(NotFound):
    message = i18n.N_("Aucune heure d’arrivée n’est choisie.")


def _entry(edition: Edition, own: Exhibitor, arrival: Arrival, booth: str) -> CalendarEntry:
    """The sequence is the second of the last change: it never goes back, also when an arrival is chosen anew."""
    said = [_("Kiosque %(number)s", number=booth) if booth else "", arrival.vehicle]
    return CalendarEntry(
        uid=f"arrival-{own.code}@{absolute('').partition('://')[2].partition('/')[0]}",
        sequence=int(arrival.updated_at.timestamp()),
        summary=_("Déchargement pour le salon : %(name)s", name=own.name),
        description="\n".join(filter(None, said)),
        location=edition.place,
        starts_at=arrival.starts_at,
        ends_at=arrival.ends_at,
        status="CONFIRMED",
        updated_at=arrival.updated_at,
        url=absolute(url(ROUTE, edition_slug=edition.slug, exhibitor=own.code)),
    )


def _back(edition: Edition, own: Exhibitor, flash: str) -> Redirect:
    return see_other(url(ROUTE, edition_slug=edition.slug, exhibitor=own.code), flash=flash)


async def _arrival_page(
    request: PageRequest,
    edition: Edition,
    own: Exhibitor,
    *,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> Response[str]:
    arrival, slots = await arrival_of(own.id), await coming_slots(edition.id)
    offered: dict[str, list[ArrivalSlot]] = {}
    for slot in slots:
        if slot.left > 0 or (arrival and arrival.starts_at == slot.starts_at):
            offered.setdefault(format_day(slot.starts_at), []).append(slot)
    chosen = next((slot.key for slot in slots if arrival and slot.starts_at == arrival.starts_at), "")
    return page(
        request,
        "exhibitors/arrival.html",
        edition=edition,
        status_code=422 if errors else 200,
        exhibitor=own,
        arrival=arrival,
        days=offered,
        any_slots=bool(slots),
        typed=typed or {"slot": chosen, "vehicle": arrival.vehicle if arrival else ""},
        errors=errors or {},
        portal_menu=portal_menu(edition, own, ROUTE),
    )


router = Router(
    path="/{edition_slug:str}/mon-kiosque/{exhibitor:str}",
    route_handlers=[show, choose, cancel, calendar_file],
    include_in_schema=False,
)
