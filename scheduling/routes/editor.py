"""The schedule being made: a day as a table with its conflicts, the form of each slot, and the same as JSON."""

from litestar import Response, Router, get
from litestar.params import FromPath, FromQuery

from digital_days.kernel.editions import Edition
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.signed_in import signed_in
from scheduling.domain.drafts import draft_of
from scheduling.domain.local_times import PASSAGES
from scheduling.domain.planning import Planning, planning_of
from scheduling.domain.refused_moves import NoSuchActivity, SlotGone
from scheduling.routes.editor_form import SlotForm, typed_of
from scheduling.routes.editor_page import address, day_page, day_wanted, days_of, form_choices
from scheduling.routes.editor_state import state_of, state_response
from scheduling.routes.programme_menu import programme_menu

ROUTE = "scheduling:editor"


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition, jour: FromQuery[str] = "") -> Response[str]:
    """One day: without scripts a table, with them a grid in which slots are dragged."""
    planning = await planning_of(await draft_of(edition.id))
    return page(
        request,
        "scheduling/editor.html",
        edition=edition,
        programme_menu=programme_menu(edition, ROUTE),
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


def slot_page(
    request: PageRequest,
    edition: Edition,
    planning: Planning,
    code: str,
    form: Form[SlotForm] | None = None,
    status: int = 200,
    errors: dict[str, str] | None = None,
) -> Response[str]:
    """As it is, or as it was typed; always with the version that is true now. Raises ``SlotGone``."""
    slot = planning.slot(code)
    if slot is None:
        raise SlotGone
    return page(
        request,
        "scheduling/editor_slot.html",
        edition=edition,
        status_code=status,
        slot=slot,
        typed=form.typed if form else typed_of(slot),
        errors=form.errors if form else errors or {},
        passages=PASSAGES,
        back=address(edition, slot),
        **form_choices(edition, planning),
    )


def activity_page(
    request: PageRequest,
    edition: Edition,
    planning: Planning,
    code: str,
    form: Form[SlotForm] | None = None,
    status: int = 200,
    typed: dict[str, str] | None = None,
) -> Response[str]:
    """Raises ``NoSuchActivity``."""
    placed = [slot for slot in planning.slots if slot.activity == code]
    unplaced = [each for each in planning.unplaced if each.code == code]
    if not placed and not unplaced:
        raise NoSuchActivity
    return page(
        request,
        "scheduling/editor_activity.html",
        edition=edition,
        status_code=status,
        activity=code,
        title=placed[0].title if placed else unplaced[0].title,
        placed=[(slot, address(edition, slot)) for slot in placed],
        typed=form.typed if form else typed or {},
        errors=form.errors if form else {},
        passages=PASSAGES,
        **form_choices(edition, planning),
    )


router = Router(
    path="/{edition_slug:str}/organisation/horaire",
    route_handlers=[show, state, slot_form, activity_form],
    include_in_schema=False,
)
