"""The rounds that remain, planned anew: what it would change, and the button that announces it."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel import wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import _, ngettext
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from matchmaking.domain.remaining import standing_meetings
from matchmaking.domain.replan_changes import changes_to
from matchmaking.domain.replanning import Overtaken, begun_now, is_overtaken, offer_replan, replan_called, take_replan
from matchmaking.routes.moderator import ROUTE as DAY

ROUTE = "matchmaking:replan"


@post("/", name="matchmaking:day-replan", permission=Permission.ORGANISE)
async def offer(edition: RequestedEdition) -> Redirect:
    """Two seconds of the engine, in a process of its own; then what it would change."""
    try:
        code = await offer_replan(edition.id)
    except Conflict as refusal:
        return _day(edition, str(refusal), kind="error")
    return see_other(url(ROUTE, edition_slug=edition.slug, replan=code))


@get("/{replan:str}", name=ROUTE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition, replan: FromPath[str]) -> Response[str]:
    """For everybody together and for each; once the day is further, only that it is."""
    return await _replan_page(request, edition, replan)


@post("/{replan:str}", name="matchmaking:take-replan", permission=Permission.ORGANISE)
async def take(request: PageRequest, edition: RequestedEdition, replan: FromPath[str]) -> Response[str] | Redirect:
    """Announced to everybody whom it concerns, or refused with the reason."""
    try:
        done = await take_replan(edition.id, replan, by=signed_in(request).id)
    except Conflict as refusal:
        return await _replan_page(request, edition, replan, error=str(refusal))
    wake.soon()
    changed = done.moved + done.cancelled + done.added
    words = ngettext("%(num)s rencontre a changé", "%(num)s rencontres ont changé", changed)
    return _day(edition, _("Le nouvel horaire est publié : %(changed)s, les personnes sont averties.", changed=words))


def _day(edition: Edition, flash: str, *, kind: str = "success") -> Redirect:
    return see_other(url(DAY, edition_slug=edition.slug), flash=flash, kind=kind)


async def _replan_page(request: PageRequest, edition: Edition, code: str, *, error: str = "") -> Response[str]:
    replan = await replan_called(edition.id, code)
    is_late = await is_overtaken(edition.id, replan)
    begun = await begun_now(edition.id)
    return page(
        request,
        "matchmaking/replan.html",
        edition=edition,
        status_code=409 if error else 200,
        organiser_menu=organiser_menu(edition, DAY),
        replan=replan,
        changes=None if is_late else await changes_to(replan.plan, await standing_meetings(edition.id), begun=begun),
        overtaken=_(Overtaken.message),
        error=error,
    )


router = Router(
    path="/{edition_slug:str}/organisation/rencontres-eclair/jour/nouvel-horaire",
    route_handlers=[offer, show, take],
    include_in_schema=False,
)
