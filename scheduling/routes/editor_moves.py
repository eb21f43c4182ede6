"""Moves on the schedule, from a form or from the grid: a page answers the one, the new state the other."""

from collections.abc import Awaitable, Callable

import msgspec
from litestar import Response, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Refusal, http_status
from digital_days.kernel.i18n import N_, _, format_day, format_time_range
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, read_form
from digital_days.kernel.web.page_cache import JSON
from digital_days.kernel.web.pages import PageRequest, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from scheduling.domain.drafts import draft_of
from scheduling.domain.planned_slots import move_slot, place_activity, remove_slot
from scheduling.domain.planning import PlacedSlot, Planning, planning_of
from scheduling.routes.editor_form import FIELDS, SlotForm, Wanted, wanted
from scheduling.routes.editor_form_pages import activity_page, slot_page
from scheduling.routes.editor_page import address, day_wanted, days_of
from scheduling.routes.editor_state import Answer, state_of

REMOVED = N_("C’est fait : cette plage n’est plus à l’horaire.")


class Removal(Struct):
    version: str


class _Outcome(Struct, frozen=True):
    """``code`` is the slot's, when the schedule has taken the move; ``planning`` is how everything is now."""

    status: int
    planning: Planning
    code: str = ""


@post("/plages/{slot:str}", name="scheduling:editor-move", permission=Permission.ORGANISE)
async def move(
    request: PageRequest, edition: RequestedEdition, slot: FromPath[str], jour: FromQuery[str] = ""
) -> Response[bytes] | Response[str] | Redirect:
    """Other hours, another room, other seats."""
    form = await read_form(request, SlotForm)

    async def act(draft: int, asked: Wanted) -> str:
        await move_slot(
            draft,
            slot,
            version=str(form["version"]),
            room=asked.room,
            starts_at=asked.starts_at,
            ends_at=asked.ends_at or asked.starts_at,
            seats=asked.seats,
            by=signed_in(request).id,
        )
        return slot

    outcome = await _attempt(edition, form, act, end_needed=True)
    if _wants_json(request):
        return _state(request, edition, outcome, jour, form.errors)
    return _moved(edition, outcome) or slot_page(request, edition, outcome.planning, slot, form, outcome.status)


@post("/activites/{activity:str}", name="scheduling:editor-place", permission=Permission.ORGANISE)
async def place(
    request: PageRequest, edition: RequestedEdition, activity: FromPath[str], jour: FromQuery[str] = ""
) -> Response[bytes] | Response[str] | Redirect:
    """A first slot, or one more beside those its author saw."""
    form = await read_form(request, SlotForm)

    async def act(draft: int, asked: Wanted) -> str:
        return await place_activity(
            draft,
            activity,
            room=asked.room,
            starts_at=asked.starts_at,
            ends_at=asked.ends_at,
            seats=asked.seats,
            beside=form.value.beside if form.value else 0,
            by=signed_in(request).id,
        )

    outcome = await _attempt(edition, form, act, end_needed=False)
    if _wants_json(request):
        return _state(request, edition, outcome, jour, form.errors)
    return _moved(edition, outcome) or activity_page(request, edition, outcome.planning, activity, form, outcome.status)


@post("/plages/{slot:str}/retirer", name="scheduling:editor-remove", permission=Permission.ORGANISE)
async def remove(
    request: PageRequest, edition: RequestedEdition, slot: FromPath[str], jour: FromQuery[str] = ""
) -> Response[bytes] | Response[str] | Redirect:
    """Back to what has no time yet; as a page, a refusal comes with the form, where it can be decided anew."""
    form = await read_form(request, Removal)
    draft = await draft_of(edition.id)
    day = next((each.day for each in (await planning_of(draft)).slots if each.code == slot), None)
    status = 200
    try:
        await remove_slot(draft, slot, version=str(form["version"]), by=signed_in(request).id)
    except Refusal as refusal:
        form.refuse("", str(refusal))
        status = http_status(refusal)
    outcome = _Outcome(status, await planning_of(draft))
    if _wants_json(request):
        return _state(request, edition, outcome, jour, form.errors)
    if status == 200:
        return see_other(url("scheduling:editor", edition_slug=edition.slug, jour=day or ""), flash=_(REMOVED))
    return slot_page(request, edition, outcome.planning, slot, errors=form.errors, status=status)


async def _attempt(
    edition: Edition, form: Form[SlotForm], act: Callable[[int, Wanted], Awaitable[str]], *, end_needed: bool
) -> _Outcome:
    """Whatever is refused stands in the form, beside its field."""
    draft = await draft_of(edition.id)
    before = await planning_of(draft)
    asked = wanted(form, days_of(edition, before), end_needed=end_needed)
    if asked is None:
        return _Outcome(422, before)
    try:
        code = await act(draft, asked)
    except Refusal as refusal:
        form.refuse(FIELDS.get(type(refusal), ""), str(refusal))
        return _Outcome(http_status(refusal), await planning_of(draft))
    return _Outcome(200, await planning_of(draft), code)


def _moved(edition: Edition, outcome: _Outcome) -> Redirect | None:
    """To the slot in its new place; None when it was refused."""
    slot = outcome.planning.slot(outcome.code)
    return see_other(address(edition, slot), flash=_now(slot)) if slot else None


def _now(slot: PlacedSlot) -> str:
    return _(
        "C’est fait : « %(title)s » est le %(day)s, %(hours)s, %(room)s.",
        title=slot.title,
        day=format_day(slot.starts_at),
        hours=format_time_range(slot.starts_at, slot.ends_at),
        room=slot.room.name if slot.room else _("sans salle"),
    )


def _wants_json(request: PageRequest) -> bool:
    return request.headers.get("accept", "").startswith(JSON)


def _state(
    request: PageRequest, edition: Edition, outcome: _Outcome, day: str, errors: dict[str, str]
) -> Response[bytes]:
    shown = day_wanted(days_of(edition, outcome.planning), day)
    state = state_of(edition, outcome.planning, shown, signed_in(request).id)
    body = msgspec.json.encode(Answer(sentence=" ".join(errors.values()), state=state))
    return Response(body, media_type=JSON, status_code=outcome.status, headers={"cache-control": "no-store"})
