"""What the page « Ma journée » shows: a day composed, what overlaps in it, and the form that takes all of it."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from litestar import Response
from litestar.datastructures import Cookie
from msgspec import Struct

from digital_days.kernel import consents
from digital_days.kernel.agreements import to_ask
from digital_days.kernel.consents import Consent
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _, format_time_range
from digital_days.kernel.mistyped_addresses import probably_meant
from digital_days.kernel.web.forms import Form
from digital_days.kernel.web.pages import PageRequest, page
from scheduling.domain.activities import slots_held
from scheduling.domain.my_day import Overlap, Part, lines_ended, overlaps_in, parts_of_day
from scheduling.domain.programme import Slot
from scheduling.domain.programme_reading import programme_of
from scheduling.domain.waiting import lines_of
from scheduling.routes.keepsakes import CHOSEN
from scheduling.routes.labels import day_name
from scheduling.routes.mine import my_asked, my_favourites

_TOGETHER = N_("« %(first)s » (%(first_time)s) et « %(second)s » (%(second_time)s) se chevauchent")
KEEP_ONE = N_("%(overlap)s : gardez l’un des deux.")
HELD = N_("%(overlap)s : vous avez déjà une place à « %(title)s ».")
ASKED = N_("%(overlap)s : vous avez déjà demandé « %(title)s », la réponse est dans vos courriels.")
LEAVING = N_(
    "Vous attendez une place à « %(line)s » (%(line_time)s) : si vous réservez « %(title)s » (%(time)s), vous quittez "
    "cette liste d’attente."
)
LEAVING_OFFER = N_(
    "Une place à « %(line)s » (%(line_time)s) est gardée pour vous : si vous réservez « %(title)s » (%(time)s), elle "
    "ne l’est plus."
)
VISIT = N_(
    "L’entrée est libre à « %(title)s » (%(time)s) : passez-y avant ou après ce que vous avez choisi à la même heure."
)


class Day(Struct, frozen=True):
    """Everything that the reader has in mind, places that they hold included."""

    parts: list[Part]

    @property
    def overlaps(self) -> list[Overlap]:
        """By time."""
        return overlaps_in(self.parts)

    @property
    def wanted(self) -> list[str]:
        """The slots to ask for, by time."""
        return [part.slot.code for part in self.parts if part.can_be_had]


async def day_of(
    request: PageRequest, edition: Edition, *, chosen: Collection[str] | None = None, listed: Collection[str] = ()
) -> Day:
    """The reader's day; ``chosen`` is what a form has just said, else what the browser keeps."""
    programme = await programme_of(edition.id)
    favourites = await my_favourites(request, edition)
    ideas = {slot.code for slot in programme.slots if slot.activity.code in favourites}
    parts = parts_of_day(
        programme,
        held=await slots_held(request.user.id, edition.id) if request.user else (),
        lines=await lines_of(request.user.id, edition.id) if request.user else (),
        asked=my_asked(request),
        chosen=CHOSEN.kept_in(request.cookies) if chosen is None else chosen,
        listed={*ideas, *listed},
    )
    return Day(parts)


async def day_page(
    request: PageRequest, edition: Edition, day: Day, *, form: Form[Any] | None = None, status: int = 200
) -> Response[str]:
    """The page; with a form, what was typed in it and what is wrong with that."""
    return page(
        request,
        "scheduling/my_day.html",
        edition=edition,
        status_code=status,
        day=day,
        days=_by_day(day.parts),
        chosen=[part for part in day.parts if part.standing == "chosen"],
        overlaps=[_said(overlap) for overlap in day.overlaps if not overlap.free_one],
        leaving=[_leaving(line, choice) for line, choice in lines_ended(day.parts)],
        visits=[_visit(slot) for slot in {free.code: free for free in _free_ones(day)}.values()],
        form=form,
        meant=probably_meant(str(form["email"])) if form else "",
        consents=await consents_for(request, edition),
        day_name=day_name,
    )


async def chosen_now(request: PageRequest, edition: Edition, chosen: Iterable[str]) -> Cookie:
    """Choices of other editions stay as they are."""
    of_edition = {slot.code for slot in (await programme_of(edition.id)).slots}
    elsewhere = [code for code in CHOSEN.kept_in(request.cookies) if code not in of_edition]
    return CHOSEN.keeping([*elsewhere, *(code for code in chosen if code in of_edition)])


async def consents_for(request: PageRequest, edition: Edition) -> Sequence[Consent]:
    """What the form has to ask this reader."""
    return await to_ask(request.user.id, edition.id) if request.user else consents.REGISTRATION


def _said(overlap: Overlap) -> str:
    """Both names and times, and what to do about it."""
    both = _(
        _TOGETHER,
        first=overlap.first.slot.activity.title,
        first_time=_hours(overlap.first.slot),
        second=overlap.second.slot.activity.title,
        second_time=_hours(overlap.second.slot),
    )
    if settled := overlap.settled_one:
        words = HELD if settled.standing == "held" else ASKED
        return _(words, overlap=both, title=settled.slot.activity.title)
    return _(KEEP_ONE, overlap=both)


def _leaving(line: Part, choice: Part) -> str:
    words = LEAVING_OFFER if line.standing == "offered" else LEAVING
    titles = {"line": line.slot.activity.title, "title": choice.slot.activity.title}
    return _(words, **titles, line_time=_hours(line.slot), time=_hours(choice.slot))


def _free_ones(day: Day) -> list[Slot]:
    return [each.free_one.slot for each in day.overlaps if each.free_one]


def _visit(slot: Slot) -> str:
    return _(VISIT, title=slot.activity.title, time=_hours(slot))


def _hours(slot: Slot) -> str:
    return format_time_range(slot.starts_at, slot.ends_at)


def _by_day(parts: Sequence[Part]) -> list[list[Part]]:
    days = dict.fromkeys(part.slot.day for part in parts)
    return [[part for part in parts if part.slot.day == day] for day in days]
