"""The schedule being made: a day as a table with its conflicts, the form of each slot, and the same as JSON."""

from litestar import Response, Router, get
from litestar.params import FromPath, FromQuery

from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.signed_in import signed_in
from scheduling.domain.drafts import draft_of
from scheduling.domain.planning import planning_of
from scheduling.routes.editor_form_pages import activity_page, slot_page
from scheduling.routes.editor_moves import move, place, remove
from scheduling.routes.editor_page import day_page, day_wanted, days_of
from scheduling.routes.editor_state import state_of, state_response

ROUTE = "scheduling:editor"


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition, jour: FromQuery[str] = "") -> Response[str]:
    """One day: without scripts a table, with them a grid in which slots are dragged."""
    planning = await planning_of(await draft_of(edition.id))
    return page(
        request,
        "scheduling/editor.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, ROUTE),
        **day_page(edition, planning, day_wanted(days_of(edition, planning), jour)),
    )


@get("/etat", name="scheduling:editor-state", permission=Permission.ORGANISE)
async def state(request: PageRequest, edition: RequestedEdition, jour: FromQuery[str] = "") -> Response[bytes]:
    """Asked for every few seconds by each open editor; usually nothing has changed."""
    planning = await planning_of(await draft_of(edition.id))
    day = day_wanted(days_of(edition, planning), jour)
    return state_response(request, state_of(edition, planning, day, signed_in(request).id))


@get("/plages/{slot:str}", name="scheduling:editor-slot", permission=Permission.ORGANISE)
async def slot_form(request: PageRequest, edition: RequestedEdition, slot: FromPath[str]) -> Response[str]:
    """Day, hours, room and seats of one slot."""
    return slot_page(request, edition, await planning_of(await draft_of(edition.id)), slot)


@get("/activites/{activity:str}", name="scheduling:editor-activity", permission=Permission.ORGANISE)
async def activity_form(
    request: PageRequest, edition: RequestedEdition, activity: FromPath[str], jour: FromQuery[str] = ""
) -> Response[str]:
    """A time and a room for an activity that has none, or one more."""
    planning = await planning_of(await draft_of(edition.id))
    return activity_page(request, edition, planning, activity, typed={"day": jour})


router = Router(
    path="/{edition_slug:str}/organisation/horaire",
    route_handlers=[show, state, slot_form, activity_form, move, place, remove],
    include_in_schema=False,
)
