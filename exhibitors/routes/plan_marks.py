"""What is said of each booth on the public plan."""

from collections.abc import Collection, Sequence

from msgspec import Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.web.urls import url
from exhibitors.domain.directory import ListedExhibitor
from exhibitors.domain.floor_plan import Plan


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


def plan_background(plan: Plan, edition: Edition) -> str:
    """The address of the uploaded picture; empty where there is none."""
    if not plan.background:
        return ""
    return url("exhibitors:plan-picture", edition_slug=edition.slug, picture=f"{plan.background}.webp")
