"""Whom we would like to meet: the other side, best fit first, with four answers each."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.response import Redirect

from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.need_terms import need_terms
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from matchmaking.domain.fit_words import reasons
from matchmaking.domain.participations import active_participation, participation_of
from matchmaking.domain.settings import speed_dating_of
from matchmaking.domain.wishing import MOST_MUSTS, MOST_WISHES, Answer, among, organisations_across, say_wishes

ROUTE = "matchmaking:wishes"
SAVED = N_("Vos souhaits sont enregistrés.")
ANSWERS: tuple[tuple[Answer, str], ...] = (
    ("must", N_("Absolument")),
    ("like", N_("J’aimerais")),
    ("", N_("Sans avis")),
    ("no", N_("Non merci")),
)
_OF_CODE: dict[str, Answer] = {"must": "must", "like": "like", "no": "no", "": ""}
PER_PAGE, SUGGESTED = 30, 5


@get("/", name=ROUTE, permission=Permission.SIGNED_IN)
async def show(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """For who takes part; others are led to the form first."""
    mine = await participation_of(signed_in(request).id, edition.id)
    if mine is None or not mine.is_active:
        return see_other(url("matchmaking:participation", edition_slug=edition.slug))
    return await _page(request, edition, {})


@post("/", name="matchmaking:say-wishes", permission=Permission.SIGNED_IN)
async def save(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """What this page shows, at once or not at all."""
    mine = await active_participation(signed_in(request).id, edition.id)
    data = await request.form()
    typed = {name[5:]: str(value) for name, value in data.items() if name.startswith("wish-")}
    try:
        await say_wishes(mine, {code: _OF_CODE.get(answer, "") for code, answer in typed.items()})
    except Conflict as refusal:
        return await _page(request, edition, typed, error=str(refusal))
    here = url(ROUTE, edition_slug=edition.slug)
    return see_other(here + _kept(request), flash=_(SAVED))


async def _page(request: PageRequest, edition: Edition, typed: dict[str, str], *, error: str = "") -> Response[str]:
    mine = await active_participation(signed_in(request).id, edition.id)
    words, need = (str(request.query_params.get(name, ""))[:100] for name in ("q", "besoin"))
    everybody = await organisations_across(mine)
    across = among(everybody, words=words, need=need)
    number = str(request.query_params.get("page", "1"))
    pages = max(1, -(-len(across) // PER_PAGE))
    current = min(int(number), pages) if number.isascii() and number.isdigit() and 0 < len(number) < 5 else 1
    terms = {term.slug: term.name for term in await need_terms(edition.id)}
    shown = across[(max(current, 1) - 1) * PER_PAGE : max(current, 1) * PER_PAGE]
    return page(
        request,
        "matchmaking/wishes.html",
        edition=edition,
        status_code=409 if error else 200,
        mine=mine,
        dating=await speed_dating_of(edition.id),
        cards=[(each, reasons(each.fit, terms), typed.get(each.code, each.answer)) for each in shown],
        counts={answer: sum(each.answer == answer for each in everybody) for answer in ("must", "like", "no")},
        suggested={each.code for each in everybody[:SUGGESTED] if each.fit.points >= 30 and not each.answer},
        found=len(across),
        answers=[(answer, _(words)) for answer, words in ANSWERS],
        needs=list(terms.items()),
        filters={"q": words, "besoin": need},
        current=max(current, 1),
        pages=pages,
        here=url(ROUTE, edition_slug=edition.slug),
        kept=_kept(request),
        error=error,
        most={"wishes": MOST_WISHES, "musts": MOST_MUSTS},
    )


def _kept(request: PageRequest) -> str:
    """The address's own filters, so that saving leads back to the same list."""
    query: Any = request.url.query
    return f"?{query}" if query else ""


router = Router(
    path="/{edition_slug:str}/mes-rencontres/souhaits", route_handlers=[show, save], include_in_schema=False
)
