"""The pages of the form of a slot: as it is, or as it was typed and refused."""

from litestar import Response

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.local_times import PASSAGES
from digital_days.kernel.web.forms import Form
from digital_days.kernel.web.pages import PageRequest, page
from scheduling.domain.planning import Planning
from scheduling.domain.refused_moves import NoSuchActivity, SlotGone
from scheduling.routes.editor_form import SlotForm, step_of, typed_of
from scheduling.routes.editor_page import address, form_choices


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
    shown = form.typed if form else typed_of(slot)
    return page(
        request,
        "scheduling/editor_slot.html",
        edition=edition,
        status_code=status,
        slot=slot,
        typed=shown,
        step=step_of(shown),
        errors=form.errors if form else errors or {},
        passages=[(value, _(words)) for value, words in PASSAGES],
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
    typed: dict[str, str | list[str]] | None = None,
) -> Response[str]:
    """Raises ``NoSuchActivity``."""
    placed = [slot for slot in planning.slots if slot.activity == code]
    unplaced = [each for each in planning.unplaced if each.code == code]
    if not placed and not unplaced:
        raise NoSuchActivity
    shown = form.typed if form else typed or {}
    return page(
        request,
        "scheduling/editor_activity.html",
        edition=edition,
        status_code=status,
        activity=code,
        title=placed[0].title if placed else unplaced[0].title,
        placed=[(slot, address(edition, slot)) for slot in placed],
        typed=shown,
        step=step_of(shown),
        errors=form.errors if form else {},
        passages=[(value, _(words)) for value, words in PASSAGES],
        **form_choices(edition, planning),
    )
