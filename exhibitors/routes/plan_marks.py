"""What is said of each booth on the public plan."""

from collections.abc import Collection, Sequence

from msgspec import Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.web.urls import url
from exhibitors.domain.directory import ListedExhibitor
from exhibitors.domain.floor_plan import Plan
from exhibitors.domain.standings import occupants_of


class Mark(Struct, frozen=True, kw_only=True):
    """For ``exhibitors/floor_plan.html``: a CSS word, a sentence for whoever hears it, where it leads, a short name."""

    state: str
    words: str
    url: str = ""
    name: str = ""


def public_marks(
    plan: Plan, edition: Edition, everybody: Sequence[ListedExhibitor], found: Collection[str]
) -> dict[str, Mark]:
    """By a booth's code; whoever stands in one leads to their page, and the booths in ``found`` stand out."""
    marks = {
        exhibitor.booth_code: Mark(
            state="found" if exhibitor.booth_code in found else "taken",
            words=_("Kiosque %(number)s : %(name)s", number=exhibitor.booth, name=exhibitor.name),
            url=url("exhibitors:exhibitor", edition_slug=edition.slug, exhibitor=exhibitor.code),
            name=exhibitor.name,
        )
        for exhibitor in everybody
        if exhibitor.booth_code
    }
    for booth in plan.booths:
        if booth.code not in marks:
            marks[booth.code] = Mark(state="free", words=_("Kiosque %(number)s", number=booth.number))
    return marks


async def organiser_marks(plan: Plan, edition: Edition) -> dict[str, Mark]:
    """By a booth's code, in words: free, held until when, booked, and by whom."""
    held = await occupants_of(edition.id)
    marks = {}
    for booth in plan.booths:
        by = held.get(booth.code)
        if by is None:
            marks[booth.code] = Mark(state="free", words=_("Kiosque %(number)s : libre", number=booth.number))
            continue
        words = (
            _("Kiosque %(number)s : %(name)s, en option", number=booth.number, name=by.name)
            if by.is_held
            else _("Kiosque %(number)s : %(name)s", number=booth.number, name=by.name)
        )
        path = url("exhibitors:application-review", edition_slug=edition.slug, exhibitor=by.exhibitor)
        marks[booth.code] = Mark(state="held" if by.is_held else "taken", words=words, url=path, name=by.name)
    return marks


def plan_background(plan: Plan, edition: Edition) -> str:
    """The address of the uploaded picture; empty where there is none."""
    if not plan.background:
        return ""
    return url("exhibitors:plan-picture", edition_slug=edition.slug, picture=f"{plan.background}.webp")
