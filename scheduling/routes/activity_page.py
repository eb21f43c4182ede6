"""The page on which an activity is written: what it stands on, and what it shows."""

from litestar import Response
from msgspec import Struct, structs

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.local_times import PASSAGES
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.urls import url
from scheduling.domain.activity_choices import Choices, choices_of
from scheduling.domain.drafts import draft_of
from scheduling.domain.field_words import field_name
from scheduling.domain.planned_activity import NoSuchPlannedActivity, PlannedActivity, planned_activity
from scheduling.routes.activity_conflict import Difference, slot_in_words
from scheduling.routes.activity_form import ActivityForm
from scheduling.routes.labels import given_in, language_name

_MOST_CANDIDATES = 8
_SLOT_FIELDS = {
    "day": N_("jour"),
    "start": N_("début"),
    "end": N_("fin"),
    "room": N_("salle"),
    "seats": N_("places"),
}


class Opened(Struct, frozen=True, kw_only=True):
    """The draft, what an activity of it can be given, and the activity; none where it is new, or not there."""

    edition: Edition
    draft: int
    choices: Choices
    known: PlannedActivity | None = None


async def opened(edition: Edition, code: str = "") -> Opened:
    """Without a code for a new activity; one that is not there is none, for the route to say."""
    draft = await draft_of(edition.id)
    new = Opened(edition=edition, draft=draft, choices=await choices_of(draft))
    if not code:
        return new
    try:
        return structs.replace(new, known=await planned_activity(draft, code))
    except NoSuchPlannedActivity:
        return new


def activity_page(
    request: PageRequest,
    on: Opened,
    form: ActivityForm,
    errors: dict[str, str],
    *,
    status: int = 200,
    refusal: str = "",
    differences: list[Difference] | None = None,
) -> Response[str]:
    """The form as it was typed. ``refusal`` and ``differences``: what somebody else has done meanwhile."""
    languages = list(dict.fromkeys(("fr", "en", "bi", form.language)))
    return page(
        request,
        "scheduling/planned_activity.html",
        edition=on.edition,
        status_code=status,
        organiser_menu=organiser_menu(on.edition, "scheduling:planned-activities"),
        activity=on.known,
        here=_address(on),
        form=form,
        errors=errors,
        error_labels=_labels(form),
        choices=on.choices,
        languages=[(code, given_in(code) if code in ("fr", "en", "bi") else language_name(code)) for code in languages],
        chosen=[on.choices.speakers[code] for code in form.speakers if code in on.choices.speakers],
        candidates=on.choices.speakers_called(form.speaker)[:_MOST_CANDIDATES] if "speaker" in errors else [],
        held={slot.code: slot.held for slot in on.known.slots} if on.known else {},
        passages=[(which, _(words)) for which, words in PASSAGES],
        gone=_gone(form, on.known),
        pending=bool(form.do),
        refusal=refusal,
        differences=differences or [],
    )


def _address(on: Opened) -> str:
    if on.known is None:
        return url("scheduling:new-activity", edition_slug=on.edition.slug)
    return url("scheduling:planned-activity", edition_slug=on.edition.slug, activity_code=on.known.code)


def _labels(form: ActivityForm) -> dict[str, str]:
    """What the list of errors calls the fields of a row."""
    slots = {
        f"slot_{field}-{number}": _("Plage %(number)s, %(field)s", number=number + 1, field=_(words))
        for number in range(len(form.slots))
        for field, words in _SLOT_FIELDS.items()
    }
    links = {f"link_address-{number}": _("Lien %(number)s", number=number + 1) for number in range(len(form.links))}
    return {**slots, **links, **{name: _(field_name(name)).capitalize() for name in ("minutes", "language")}}


def _gone(form: ActivityForm, known: PlannedActivity | None) -> list[tuple[str, str, int]]:
    """Slots taken away in the form: what is carried on, the slot in words, how many people have a place."""
    codes = {each.partition(" ")[0]: each for each in form.gone}
    slots = known.slots if known else ()
    return [(codes[slot.code], slot_in_words(slot), slot.held) for slot in slots if slot.code in codes]
