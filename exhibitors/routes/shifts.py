"""Who is at the booth when: one shift more, or one less."""

from datetime import date, time

from litestar import Response, Router, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict, Invalid
from digital_days.kernel.i18n import _
from digital_days.kernel.local_times import SkippedTime
from digital_days.kernel.permissions import Permission
from digital_days.kernel.settings import current
from digital_days.kernel.web import rate_limits
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.pages import PageRequest, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from exhibitors.domain import shifts
from exhibitors.domain.exhibitors import Exhibitor
from exhibitors.routes.portal_page import acting_for
from exhibitors.routes.team_page import ROUTE as TEAM
from exhibitors.routes.team_page import team_page

BESIDE: dict[type[Conflict | Invalid], str] = {
    shifts.NotADayOfTheEvent: "shift_day",
    SkippedTime: "shift_begin",
    shifts.EndsBeforeItStarts: "shift_end",
}
"""The field at which a refusal is said; all others beside the person."""


class ShiftForm(Struct, frozen=True):
    """One person of the team, by their ``key``, on one day of the event."""

    shift_person: str
    shift_day: date
    shift_begin: time
    shift_end: time


@post("/", name="exhibitors:add-shift", permission=Permission.SIGNED_IN)
async def add(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str] | Redirect:
    """Whoever is expected elsewhere stays there."""
    own = await acting_for(request, edition, exhibitor)
    form = await read_form(request, ShiftForm)
    if form.value:
        asked, viewer = form.value, signed_in(request).id
        rate_limits.count(shifts=(str(viewer), current().rate_per_person))
        try:
            times = shifts.span(edition, asked.shift_day, asked.shift_begin, asked.shift_end)
            await shifts.add_shift(own, asked.shift_person, *times, by=viewer)
        except (Conflict, Invalid) as refusal:
            form.refuse(BESIDE.get(type(refusal), "shift_person"), str(refusal))
        else:
            return _back(edition, own, _("La présence est à l’horaire du kiosque, et à l’agenda de la personne."))
    return await team_page(request, edition, own, form)


@post("/{shift:str}/enlever", name="exhibitors:remove-shift", permission=Permission.SIGNED_IN)
async def remove(
    request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str], shift: FromPath[str]
) -> Redirect:
    """The person's time is free again."""
    own = await acting_for(request, edition, exhibitor)
    await shifts.remove_shift(own.id, shift)
    return _back(edition, own, _("La présence est enlevée, et ce temps est libre à l’agenda de la personne."))


def _back(edition: Edition, own: Exhibitor, flash: str) -> Redirect:
    return see_other(url(TEAM, edition_slug=edition.slug, exhibitor=own.code), flash=flash)


router = Router(
    path="/{edition_slug:str}/mon-kiosque/{exhibitor:str}/equipe/presences",
    route_handlers=[add, remove],
    include_in_schema=False,
)
