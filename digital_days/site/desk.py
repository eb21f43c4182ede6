"""The welcome desk: a ticket scanned or a name found, and the person is in, or the desk reads why not."""

from typing import Literal

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from digital_days.kernel import clock
from digital_days.kernel.agenda import AgendaItem, items_of
from digital_days.kernel.attendees import attendee, attendees_called
from digital_days.kernel.check_in import (
    Arrival,
    UnknownTicket,
    check_in,
    today,
    turnout,
    undo_check_in,
)
from digital_days.kernel.desk_registrations import reinstate
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import TORONTO
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, fragment, is_htmx, page
from digital_days.kernel.web.scanned import registration_scanned, wanted_anyway
from digital_days.kernel.web.signed_in import signed_in
from digital_days.site.edition_dates import dates
from matchmaking.domain.settings import speed_dating_of
from scheduling.domain.event_days import is_day_of
from scheduling.domain.held_places import places_by_person

Outcome = Literal["welcome", "already", "off_day", "cancelled", "elsewhere", "unknown", "undone", "reinstated"]

_STATUS = {"welcome": 200, "undone": 200, "reinstated": 200, "unknown": 404}


class Told(Struct, frozen=True, kw_only=True):
    """What the desk reads; ``items`` are today's activities, ``others`` those of other days."""

    outcome: Outcome
    arrival: Arrival | None = None
    items: list[AgendaItem] = []
    others: list[AgendaItem] = []
    registration: str = ""
    name: str = ""


@get("/", name="site:desk", permission=Permission.DESK)
async def desk(request: PageRequest, edition: RequestedEdition, q: FromQuery[str] = "") -> Response[str]:
    """Scanner, search, and how many have come."""
    return await _desk_page(request, edition, told=None, q=q)


@post("/", name="site:desk-scan", permission=Permission.DESK)
async def scan(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Lets the ticket's holder in, or says why not."""
    try:
        registration = await registration_scanned(request)
    except UnknownTicket:
        return await _answer(request, edition, Told(outcome="unknown"))
    return await _enter(request, edition, registration)


@post("/entrees/{registration:str}", name="site:desk-enter", permission=Permission.DESK)
async def enter(request: PageRequest, edition: RequestedEdition, registration: FromPath[str]) -> Response[str]:
    """From the search, or though it is not the day: this person is in."""
    return await _enter(request, edition, registration, anyway=await wanted_anyway(request))


@post("/entrees/{registration:str}/annuler", name="site:desk-undo", permission=Permission.DESK)
async def undo(request: PageRequest, edition: RequestedEdition, registration: FromPath[str]) -> Response[str]:
    """Takes today's entry back; without one there is nothing to say no to."""
    await undo_check_in(registration, edition_id=edition.id)
    return await _answer(request, edition, await _told_of("undone", registration, edition))


@post("/inscriptions/{registration:str}/retablir", name="site:desk-reinstate", permission=Permission.DESK)
async def reinstate_somebody(
    request: PageRequest, edition: RequestedEdition, registration: FromPath[str]
) -> Response[str]:
    """A cancelled registration counts again; the entry is a step of its own."""
    await reinstate(registration, edition_id=edition.id)
    return await _answer(request, edition, await _told_of("reinstated", registration, edition))


async def _enter(request: PageRequest, edition: Edition, registration: str, *, anyway: bool = False) -> Response[str]:
    on_its_day = anyway or is_day_of(edition.starts_on, edition.ends_on, clock.now())
    by = signed_in(request).id
    try:
        arrival = await check_in(registration, edition_id=edition.id, by=by, on_its_day=on_its_day)
    except UnknownTicket:
        return await _answer(request, edition, Told(outcome="unknown"))
    items = await items_of(arrival.person_id, edition.id) if arrival.outcome == "welcome" else []
    told = Told(
        outcome=arrival.outcome,
        arrival=arrival,
        registration=arrival.registration,
        items=[item for item in items if _is_today(item)],
        others=[item for item in items if not _is_today(item)],
    )
    return await _answer(request, edition, told)


async def _told_of(outcome: Outcome, registration: str, edition: Edition) -> Told:
    try:
        person = await attendee(edition.id, registration)
    except UnknownTicket:
        return Told(outcome="unknown")
    return Told(outcome=outcome, registration=registration, name=person.name)


def _is_today(item: AgendaItem) -> bool:
    return item.starts_at.astimezone(TORONTO).date() == today()


async def _answer(request: PageRequest, edition: Edition, told: Told) -> Response[str]:
    """The result alone where a script asks, else the whole page."""
    status = _STATUS.get(told.outcome, 409)
    if is_htmx(request):
        return fragment(
            "site/_desk_result.html",
            status_code=status,
            edition=edition,
            told=told,
            turnout=await turnout(edition.id),
            dates=dates,
        )
    return await _desk_page(request, edition, told=told, status=status)


async def _desk_page(
    request: PageRequest, edition: Edition, *, told: Told | None, q: str = "", status: int = 200
) -> Response[str]:
    found = await attendees_called(edition.id, q[:200])
    return page(
        request,
        "site/desk.html",
        edition=edition,
        status_code=status,
        told=told,
        turnout=await turnout(edition.id),
        dates=dates,
        has_speed_dating=(await speed_dating_of(edition.id)).is_held,
        q=q[:200],
        found=found,
        places=await places_by_person(found.alike, edition.id),
    )


router = Router(
    path="/{edition_slug:str}/accueil",
    route_handlers=[desk, scan, enter, undo, reinstate_somebody],
    include_in_schema=False,
)
