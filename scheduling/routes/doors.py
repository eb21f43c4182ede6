"""At a room's door: the same tickets, for one slot."""

from collections.abc import Awaitable, Callable
from datetime import date

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from digital_days.kernel import wake
from digital_days.kernel.attendees import attendee
from digital_days.kernel.check_in import UnknownTicket, today
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Refusal, http_status
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, fragment, is_htmx, page
from digital_days.kernel.web.scanned import registration_scanned, wanted_anyway
from digital_days.kernel.web.signed_in import signed_in
from scheduling.domain.attendance import AtTheDoor, arrive, expected, let_in, mark_absent, unmark
from scheduling.domain.doors import Door, by_room, day_of, doors_by_day
from scheduling.domain.event_days import every_day
from scheduling.domain.needs import Needs, needs_by_registration, needs_of
from scheduling.domain.slots import SlotSummary, slot_called

_DONE = frozenset({"present", "absent", "undone"})


class Told(Struct, frozen=True, kw_only=True):
    """What the volunteer reads: an outcome with its person and what they need, or a refusal in its own words."""

    outcome: str
    name: str = ""
    seen: AtTheDoor | None = None
    needs: Needs = Needs()
    refusal: str = ""


@get("/", name="scheduling:doors", permission=Permission.DESK)
async def list_doors(request: PageRequest, edition: RequestedEdition, jour: FromQuery[str] = "") -> Response[str]:
    """The slots of a day: that of what goes on now, else today's, else the first."""
    listed = await doors_by_day(edition.id)
    days = every_day(edition.starts_on, edition.ends_on, listed)
    asked = [day for day in days if day.isoformat() == jour]
    day = next(iter([*asked, *_usual(listed, days), *days]))
    rooms = by_room(listed.get(day, []))
    return page(request, "scheduling/doors.html", edition=edition, days=days, day=day, rooms=rooms)


@get("/{slot:str}", name="scheduling:door", permission=Permission.DESK)
async def door(request: PageRequest, edition: RequestedEdition, slot: FromPath[str]) -> Response[str]:
    """Scanner and list of the people expected."""
    return await _door_page(request, edition, slot, told=None)


@post("/{slot:str}", name="scheduling:door-scan", permission=Permission.DESK)
async def scan(request: PageRequest, edition: RequestedEdition, slot: FromPath[str]) -> Response[str]:
    """Marks the ticket's holder present, or says why not."""

    async def act(wanted: SlotSummary, by: int) -> Told:
        return await _told(await arrive(wanted, await registration_scanned(request), by=by))

    return await _answer(request, edition, slot, act)


@post("/{slot:str}/presents/{registration:str}", name="scheduling:door-present", permission=Permission.DESK)
async def mark_present(
    request: PageRequest, edition: RequestedEdition, slot: FromPath[str], registration: FromPath[str]
) -> Response[str]:
    """From the list, or though it is not the day: this person is here."""
    anyway = await wanted_anyway(request)

    async def act(wanted: SlotSummary, by: int) -> Told:
        return await _told(await arrive(wanted, registration, by=by, anyway=anyway))

    return await _answer(request, edition, slot, act)


@post("/{slot:str}/entrees/{registration:str}", name="scheduling:door-let-in", permission=Permission.DESK)
async def let_somebody_in(
    request: PageRequest, edition: RequestedEdition, slot: FromPath[str], registration: FromPath[str]
) -> Response[str]:
    """Somebody without a place takes one of those left."""

    async def act(wanted: SlotSummary, by: int) -> Told:
        seen = await let_in(wanted, registration, by=by)
        wake.soon()
        return await _told(seen)

    return await _answer(request, edition, slot, act)


@post("/{slot:str}/absents/{registration:str}", name="scheduling:door-absent", permission=Permission.DESK)
async def mark_somebody_absent(
    request: PageRequest, edition: RequestedEdition, slot: FromPath[str], registration: FromPath[str]
) -> Response[str]:
    """From the list: this person did not come."""

    async def act(wanted: SlotSummary, by: int) -> Told:
        await mark_absent(wanted, registration, by=by)
        return Told(outcome="absent", name=(await attendee(edition.id, registration)).name)

    return await _answer(request, edition, slot, act)


@post("/{slot:str}/annuler/{registration:str}", name="scheduling:door-undo", permission=Permission.DESK)
async def undo(
    request: PageRequest, edition: RequestedEdition, slot: FromPath[str], registration: FromPath[str]
) -> Response[str]:
    """Takes the last mark back; without one there is nothing to say no to."""

    async def act(wanted: SlotSummary, _by: int) -> Told:
        person = await attendee(edition.id, registration)
        await unmark(wanted, registration)
        return Told(outcome="undone", name=person.name)

    return await _answer(request, edition, slot, act)


def _usual(listed: dict[date, list[Door]], days: list[date]) -> list[date]:
    """Where a volunteer looks first; after midnight the evening may go on."""
    going_on = [day for day, doors in listed.items() if any(door.is_open for door in doors)]
    return [*going_on, *(day for day in days if day == today())]


async def _told(seen: AtTheDoor) -> Told:
    """Needs are told of whoever is let in here, and of nobody else."""
    is_in = seen.outcome in ("present", "already")
    return Told(outcome=seen.outcome, seen=seen, needs=await needs_of(seen.registration) if is_in else Needs())


async def _answer(
    request: PageRequest, edition: Edition, slot: str, act: Callable[[SlotSummary, int], Awaitable[Told]]
) -> Response[str]:
    """The result alone where a script asks, else the whole page; a refusal is a result like others."""
    wanted = await slot_called(edition.id, slot)
    try:
        told = await act(wanted, signed_in(request).id)
        status = 200 if told.outcome in _DONE else 409
    except Refusal as refusal:
        unknown = isinstance(refusal, UnknownTicket)
        told = Told(outcome="unknown" if unknown else "refused", refusal=str(refusal))
        status = http_status(refusal)
    if is_htmx(request):
        return fragment("scheduling/_door_result.html", status_code=status, edition=edition, slot=wanted, told=told)
    return await _door_page(request, edition, slot, told=told, status=status)


async def _door_page(
    request: PageRequest, edition: Edition, slot: str, *, told: Told | None, status: int = 200
) -> Response[str]:
    wanted = await slot_called(edition.id, slot)
    people = await expected(wanted)
    return page(
        request,
        "scheduling/door.html",
        edition=edition,
        status_code=status,
        slot=wanted,
        day=await day_of(wanted),
        told=told,
        people=people,
        needs=await needs_by_registration(edition.id),
        present=sum(person.state == "present" for person in people),
    )


router = Router(
    path="/{edition_slug:str}/portes",
    route_handlers=[list_doors, door, scan, mark_present, let_somebody_in, mark_somebody_absent, undo],
    include_in_schema=False,
)
