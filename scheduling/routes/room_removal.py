"""Taking a room away: what is planned there goes elsewhere first."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Refusal
from digital_days.kernel.i18n import _, ngettext
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from scheduling.domain.drafts import draft_of
from scheduling.domain.planned_moments import moments_in_room
from scheduling.domain.room_removal import NotAnotherRoom, RoomHoldsSlots, remove_room
from scheduling.domain.rooms import room_numbered, rooms_of

ROUTE = "scheduling:rooms"


class Removal(Struct):
    """Where its slots go: the number of a room, « 0 » for no room."""

    slots_to: str = ""


@get("/", name="scheduling:room-removal", permission=Permission.ORGANISE)
async def before_removing(request: PageRequest, edition: RequestedEdition, number: FromPath[int]) -> Response[str]:
    """What is planned there, and where it could go."""
    return await _removal_page(request, edition, number)


@post("/", name="scheduling:remove-room", permission=Permission.ORGANISE)
async def remove(request: PageRequest, edition: RequestedEdition, number: FromPath[int]) -> Response[str] | Redirect:
    """Nothing that is planned goes with it."""
    form = await read_form(request, Removal)
    draft, wanted = await draft_of(edition.id), str(form["slots_to"])
    slots_to = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else None
    try:
        moved = await remove_room(draft, number, slots_to=slots_to, by=signed_in(request).id)
    except (RoomHoldsSlots, NotAnotherRoom) as refusal:
        return await _removal_page(request, edition, number, refusal=refusal, slots_to=wanted)
    flash = _removed(moved, to_another=bool(slots_to))
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=flash)


def _removed(moved: int, *, to_another: bool) -> str:
    if not moved:
        return _("La salle est enlevée.")
    if to_another:
        return ngettext(
            "La salle est enlevée; %(num)s plage est passée dans l’autre salle.",
            "La salle est enlevée; %(num)s plages sont passées dans l’autre salle.",
            moved,
        )
    return ngettext(
        "La salle est enlevée; %(num)s plage n’a plus de salle.",
        "La salle est enlevée; %(num)s plages n’ont plus de salle.",
        moved,
    )


async def _removal_page(
    request: PageRequest, edition: Edition, number: int, *, refusal: Refusal | None = None, slots_to: str = ""
) -> Response[str]:
    draft = await draft_of(edition.id)
    room = await room_numbered(draft, number)
    return page(
        request,
        "scheduling/room_removal.html",
        edition=edition,
        status_code=422 if refusal else 200,
        room=room,
        moments=await moments_in_room(draft, number),
        others=[other for other in await rooms_of(draft) if other.id != number],
        errors={"slots_to": str(refusal)} if refusal else {},
        slots_to=slots_to,
        organiser_menu=organiser_menu(edition, ROUTE),
    )


router = Router(
    path="/{edition_slug:str}/organisation/salles/{number:int}/enlever",
    route_handlers=[before_removing, remove],
    include_in_schema=False,
)
