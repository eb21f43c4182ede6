"""Checking in at the speed dating: a name or a ticket, one tap, and the hall knows who is there."""

from typing import Literal

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import clock
from digital_days.kernel.check_in import UnknownTicket
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.pages import PageRequest, fragment, is_htmx, page, see_other
from digital_days.kernel.web.scanned import registration_scanned
from digital_days.kernel.web.urls import url
from matchmaking.domain.arrivals import (
    Expected,
    NotExpected,
    arrive,
    called,
    expected_people,
    miss,
    participant_with,
    unsay,
)
from matchmaking.domain.day_clock import course_of

ROUTE = "matchmaking:desk"
NOTED = N_("C’est noté.")
Outcome = Literal["arrived", "already", "missing", "undone", "elsewhere", "unknown"]
_STATUS: dict[Outcome, int] = {"unknown": 404, "elsewhere": 404}


class Origin(Struct, kw_only=True):
    """The page whose button it was."""

    origin: Literal["", "day"] = ""


class Told(Struct, frozen=True, kw_only=True):
    """What the desk reads; ``registration`` of whoever has a ticket and does not take part."""

    outcome: Outcome
    person: Expected | None = None
    registration: str = ""


@get("/", name=ROUTE, permission=Permission.DESK)
async def desk(request: PageRequest, edition: RequestedEdition, q: FromQuery[str] = "") -> Response[str]:
    """Scanner, search, and how many have come."""
    return await _desk_page(request, edition, told=None, q=q)


@post("/", name="matchmaking:desk-scan", permission=Permission.DESK)
async def scan(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """The ticket's holder has arrived, or does not take part."""
    try:
        registration = await registration_scanned(request)
    except UnknownTicket:
        return await _answer(request, edition, "unknown")
    try:
        participant = await participant_with(edition.id, registration)
    except NotExpected:
        return await _answer(request, edition, "elsewhere", registration=registration)
    return await _arrive(request, edition, participant)


@post("/{participant:str}/arrivee", name="matchmaking:desk-arrive", permission=Permission.DESK)
async def note_arrival(
    request: PageRequest, edition: RequestedEdition, participant: FromPath[str]
) -> Response[str] | Redirect:
    """From a list: this person is here."""
    return await _arrive(request, edition, participant)


@post("/{participant:str}/absence", name="matchmaking:desk-miss", permission=Permission.DESK)
async def note_absence(
    request: PageRequest, edition: RequestedEdition, participant: FromPath[str]
) -> Response[str] | Redirect:
    """This person will not come: whoever moderates is offered a new plan."""
    await miss(edition.id, participant)
    return await _moderator(request, edition) or await _answer(request, edition, "missing", participant)


@post("/{participant:str}/annuler", name="matchmaking:desk-undo", permission=Permission.DESK)
async def undo(request: PageRequest, edition: RequestedEdition, participant: FromPath[str]) -> Response[str]:
    """Takes the last word back."""
    await unsay(edition.id, participant)
    return await _answer(request, edition, "undone", participant)


async def _moderator(request: PageRequest, edition: Edition) -> Redirect | None:
    """Back to the moderator's page, for whoever came from there."""
    form = await read_form(request, Origin)
    asked = form.value is not None and form.value.origin == "day"
    return see_other(url("matchmaking:day", edition_slug=edition.slug), flash=_(NOTED)) if asked else None


async def _arrive(request: PageRequest, edition: Edition, participant: str) -> Response[str] | Redirect:
    before = await _person(edition, participant)
    await arrive(edition.id, participant)
    outcome: Outcome = "already" if before and before.arrived_at else "arrived"
    return await _moderator(request, edition) or await _answer(request, edition, outcome, participant)


async def _people(edition: Edition) -> list[Expected]:
    course = await course_of(edition.id)
    return await expected_people(edition.id, over=course.over(clock.now()))


async def _person(edition: Edition, participant: str) -> Expected | None:
    return next((each for each in await _people(edition) if each.code == participant), None)


async def _answer(
    request: PageRequest, edition: Edition, outcome: Outcome, participant: str = "", *, registration: str = ""
) -> Response[str]:
    """The result alone where a script asks, else the whole page."""
    told = Told(outcome=outcome, person=await _person(edition, participant), registration=registration)
    status = _STATUS.get(outcome, 200)
    if is_htmx(request):
        people = await _people(edition)
        return fragment("matchmaking/_desk_result.html", status_code=status, edition=edition, told=told, people=people)
    return await _desk_page(request, edition, told=told, status=status)


async def _desk_page(
    request: PageRequest, edition: Edition, *, told: Told | None, q: str = "", status: int = 200
) -> Response[str]:
    people = await _people(edition)
    return page(
        request,
        "matchmaking/desk.html",
        edition=edition,
        status_code=status,
        told=told,
        q=q[:200],
        people=people,
        found=called(people, q[:200]) if q else [each for each in people if each.is_awaited],
    )


router = Router(
    path="/{edition_slug:str}/accueil/rencontres-eclair",
    route_handlers=[desk, scan, note_arrival, note_absence, undo],
    include_in_schema=False,
)
