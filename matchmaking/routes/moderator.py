"""The moderator's page, on a phone in the middle of the hall: the clock, who is missing, the tables."""

import hashlib
from typing import Literal

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict, Refusal, http_status
from digital_days.kernel.i18n import N_, _, ngettext
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from matchmaking.domain import course
from matchmaking.domain.day_clock import Change, change_course
from matchmaking.domain.day_shift import announce_shift
from matchmaking.domain.hall import close_table, open_table
from matchmaking.domain.moderating import mark_of, moderated

ROUTE = "matchmaking:day"
Act = Literal["start", "pause", "go-on", "finish", "lengthen", "skip", "restore", "reset"]
DONE: dict[Act, str] = {
    "start": N_("La ronde commence."),
    "pause": N_("L’horloge est arrêtée."),
    "go-on": N_("L’horloge repart."),
    "finish": N_("La ronde est finie."),
    "lengthen": N_("C’est noté : la suite est retardée d’autant."),
    "skip": N_("La ronde n’aura pas lieu : refaites les rondes qui restent pour placer ses rencontres ailleurs."),
    "restore": N_("La ronde aura lieu."),
    "reset": N_("Les rondes sont de nouveau aux heures annoncées."),
}


class ClockForm(Struct, kw_only=True):
    """One button; ``number`` is the round, ``minutes`` what it is lengthened by."""

    act: Act
    version: int
    number: int = 0
    minutes: int = 0

    @property
    def change(self) -> Change:
        """What the button does to the day."""
        changes: dict[Act, Change] = {
            "start": course.start,
            "pause": course.pause,
            "go-on": course.go_on,
            "finish": course.finish,
            "lengthen": lambda day, now: course.lengthen(day, now, self.minutes),
            "skip": lambda day, now: course.skip(day, now, self.number),
            "reset": course.reset,
            "restore": lambda day, now: course.restore(day, now, self.number),
        }
        return changes[self.act]


class VersionForm(Struct, kw_only=True):
    """The clock as it was seen."""

    version: int


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition, connu: FromQuery[str] = "") -> Response[str]:
    """The whole page; nothing for the script that knows it already."""
    if connu and connu == _short(await mark_of(edition.id)):
        return Response("", status_code=204, headers={"cache-control": "no-store"})
    return await _page(request, edition)


@post("/horloge", name="matchmaking:day-clock", permission=Permission.ORGANISE)
async def move_clock(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """Of two moderators who press at once, one does it and the other reads so."""
    form = await read_form(request, ClockForm)
    if form.value is None:
        return await _page(request, edition, refusal=course.OddMinutes())
    try:
        await change_course(edition.id, form.value.change, version=form.value.version)
    except Refusal as refusal:
        return await _page(request, edition, refusal=refusal)
    return _back(edition, _(DONE[form.value.act]))


@post("/decaler", name="matchmaking:day-shift", permission=Permission.ORGANISE)
async def shift(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """The rounds to come are announced at their new times, or nothing happens."""
    form = await read_form(request, VersionForm)
    try:
        moved = await announce_shift(edition.id, version=form.value.version if form.value else -1)
    except Conflict as refusal:
        return await _page(request, edition, refusal=refusal)
    wake.soon()
    done = ngettext("%(num)s rencontre a sa nouvelle heure.", "%(num)s rencontres ont leur nouvelle heure.", moved)
    return _back(edition, done)


@post("/tables/{number:int}/fermer", name="matchmaking:day-close-table", permission=Permission.ORGANISE)
async def close(edition: RequestedEdition, number: FromPath[int]) -> Redirect:
    """The next plan does without it."""
    await close_table(edition.id, number)
    return _back(edition, _("La table %(number)s est fermée.", number=number))


@post("/tables/{number:int}/rouvrir", name="matchmaking:day-open-table", permission=Permission.ORGANISE)
async def reopen(edition: RequestedEdition, number: FromPath[int]) -> Redirect:
    """It is there again."""
    await open_table(edition.id, number)
    return _back(edition, _("La table %(number)s est ouverte.", number=number))


def _back(edition: Edition, flash: str) -> Redirect:
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=flash)


def _short(mark: str) -> str:
    return hashlib.sha256(mark.encode()).hexdigest()[:16]


async def _page(request: PageRequest, edition: Edition, *, refusal: Refusal | None = None) -> Response[str]:
    day = await moderated(edition.id)
    return page(
        request,
        "matchmaking/moderator.html",
        edition=edition,
        status_code=http_status(refusal) if refusal else 200,
        organiser_menu=organiser_menu(edition, ROUTE),
        day=day,
        seen=_short(day.mark),
        last=day.course.last,
        error=str(refusal) if refusal else "",
    )


router = Router(
    path="/{edition_slug:str}/organisation/rencontres-eclair/jour",
    route_handlers=[show, move_clock, shift, close, reopen],
    include_in_schema=False,
)
