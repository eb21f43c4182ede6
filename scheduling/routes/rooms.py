"""The organisers' pages of the rooms: all of them by venue, and each one to write."""

from collections.abc import Mapping

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.changed_meanwhile import differences, labels
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from scheduling.domain.drafts import draft_of
from scheduling.domain.rooms import Room, RoomNameTaken, add_room, by_venue, change_room, room_numbered, rooms_of
from scheduling.routes.room_form import LABELS, RoomForm, before, spoken, typed_in, typed_of

ROUTE = "scheduling:rooms"


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def all_rooms(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """As the draft has them."""
    venues = by_venue(await rooms_of(await draft_of(edition.id)))
    menu = organiser_menu(edition, ROUTE)
    return page(request, "scheduling/rooms.html", edition=edition, venues=venues, organiser_menu=menu)


@get("/nouvelle", name="scheduling:new-room", permission=Permission.ORGANISE)
async def new_room(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """An empty form."""
    rooms = await rooms_of(await draft_of(edition.id))
    typed = {**dict.fromkeys(LABELS, ""), "version": "", "after": str(before(rooms, 0)), "venue": _last_venue(rooms)}
    typed["step_free"] = "unknown"
    return _form_page(request, edition, rooms, typed=typed)


@post("/nouvelle", name="scheduling:add-room", permission=Permission.ORGANISE)
async def add(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """One more."""
    draft, form = await draft_of(edition.id), await read_form(request, RoomForm)
    if form.value:
        try:
            await add_room(draft, form.value.said, after=form.value.after)
            return _back(edition, _("La salle « %(name)s » est ajoutée.", name=form.value.name))
        except RoomNameTaken as refusal:
            form.refuse("name", str(refusal))
    return _form_page(request, edition, await rooms_of(draft), typed=typed_in(form), errors=form.errors, status=422)


@get("/{number:int}", name="scheduling:room", permission=Permission.ORGANISE)
async def one_room(request: PageRequest, edition: RequestedEdition, number: FromPath[int]) -> Response[str]:
    """Its form, filled in."""
    draft = await draft_of(edition.id)
    room, rooms = await room_numbered(draft, number), await rooms_of(draft)
    typed = {**typed_of(room), "after": str(before(rooms, number))}
    return _form_page(request, edition, rooms, room=room, typed=typed)


@post("/{number:int}", name="scheduling:change-room", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition, number: FromPath[int]) -> Response[str] | Redirect:
    """Whoever has not seen what somebody else wrote sees it first."""
    draft, form = await draft_of(edition.id), await read_form(request, RoomForm)
    if form.value:
        try:
            await change_room(draft, number, form.value.said, version=form.value.version, after=form.value.after)
            return _back(edition, _("La salle « %(name)s » est enregistrée.", name=form.value.name))
        except RoomNameTaken as refusal:
            form.refuse("name", str(refusal))
        except ChangedMeanwhile:
            return await _compared(request, edition, draft, number, form)
    room = await room_numbered(draft, number)
    return _form_page(
        request, edition, await rooms_of(draft), room=room, typed=typed_in(form), errors=form.errors, status=422
    )


def _back(edition: Edition, flash: str) -> Redirect:
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=flash)


def _last_venue(rooms: list[Room]) -> str:
    return rooms[-1].venue if rooms else ""


def _form_page(
    request: PageRequest,
    edition: Edition,
    rooms: list[Room],
    *,
    typed: Mapping[str, str],
    room: Room | None = None,
    errors: Mapping[str, str] | None = None,
    changes: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "scheduling/room.html",
        edition=edition,
        status_code=status,
        room=room,
        typed=typed,
        errors=errors or {},
        changes=changes,
        labels=labels(LABELS),
        others=[other for other in rooms if other != room],
        venues=[venue for venue in by_venue(rooms) if venue],
        organiser_menu=organiser_menu(edition, ROUTE),
    )


async def _compared(
    request: PageRequest, edition: Edition, draft: int, number: int, form: Form[RoomForm]
) -> Response[str]:
    room = await room_numbered(draft, number)
    return _form_page(
        request,
        edition,
        await rooms_of(draft),
        room=room,
        typed={**typed_in(form), "version": room.version},
        changes=differences(form, typed_of(room), LABELS, spoken(room)),
        status=409,
    )


router = Router(
    path="/{edition_slug:str}/organisation/salles",
    route_handlers=[all_rooms, new_room, add, one_room, change],
    include_in_schema=False,
)
