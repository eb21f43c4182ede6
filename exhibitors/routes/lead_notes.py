"""What an exhibitor notes about a lead: one form, in its own space and on its phones."""

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta, Struct

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.changed_meanwhile import differences
from digital_days.kernel.web.forms import TOO_LONG, Form, Paragraphs
from exhibitors.domain.leads import INTEREST, LONGEST_NOTE, NEXT_STEPS, NextStep, Notes, note_lead

SAVED = N_("C’est noté.")
LABELS = {"note": N_("Note"), "interest": N_("Intérêt"), "next_step": N_("Suite souhaitée")}


class NotesForm(Struct):
    """``version`` is of what was on record when the form was shown."""

    note: Paragraphs = Paragraphs("")
    interest: Annotated[int, Meta(ge=0, le=3)] = 0
    next_step: NextStep = ""
    version: str = ""


class Kept(Struct, frozen=True, kw_only=True):
    """Of any lead, what the form is about."""

    note: str
    interest: int
    next_step: str
    version: str


async def keep_notes(exhibitor_id: int, code: str, form: Form[NotesForm]) -> bool:
    """Whether nothing is wrong with it and nobody was faster; raises ``NoSuchLead``."""
    if form.value and len(form.value.note) > LONGEST_NOTE:
        form.refuse("note", _(TOO_LONG, most=LONGEST_NOTE))
    if form.value is None:
        return False
    said = Notes(note=form.value.note, interest=form.value.interest, next_step=form.value.next_step)
    try:
        await note_lead(exhibitor_id, code, said, version=form.value.version)
    except ChangedMeanwhile as meanwhile:
        form.refuse("version", str(meanwhile))
        return False
    return True


def notes_facts(kept: Kept, form: Form[NotesForm] | None) -> dict[str, Any]:
    """For ``exhibitors/lead_notes.html``."""
    stored = {"note": kept.note, "interest": str(kept.interest), "next_step": kept.next_step}
    overtaken = form is not None and "version" in form.errors
    typed: Mapping[str, object] = form.typed if form else stored
    return {
        "typed": {**typed, "version": kept.version if form is None or overtaken else form["version"]},
        "errors": {name: sentence for name, sentence in (form.errors if form else {}).items() if name != "version"},
        "changes": differences(form, stored, LABELS, _spoken(kept)) if form and overtaken else None,
        "labels": {name: _(words) for name, words in LABELS.items()},
        "interests": [(str(value), _(words)) for value, words in INTEREST.items()],
        "next_steps": [(value, _(words)) for value, words in NEXT_STEPS.items()],
        "longest_note": LONGEST_NOTE,
    }


def _spoken(kept: Kept) -> dict[str, str]:
    steps: Mapping[str, str] = {str(value): words for value, words in NEXT_STEPS.items()}
    return {"interest": _(INTEREST[kept.interest]), "next_step": _(steps[kept.next_step])}
