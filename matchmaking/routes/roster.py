"""The organisers' list of who takes part: found by words, by side, by state; the same as a file; inviting somebody."""

from typing import Literal
from urllib.parse import urlencode

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import EmailAddress, Form, OneLine, read_form
from digital_days.kernel.web.list_file import Kind, list_file
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from matchmaking.domain.fit_words import LANGUAGES
from matchmaking.domain.inviting import TakesPartAlready, invite
from matchmaking.domain.participations import SIDES
from matchmaking.domain.roster import STATES, narrowed, roster_of
from matchmaking.routes.roster_lines import HEAD, cells

ROUTE = "matchmaking:roster"
INVITED = N_("L’invitation est partie. La personne participe quand elle a dit oui.")
LABELS = {
    "side": N_("Côté"),
    "organisation": N_("Nom de l’organisation"),
    "name": N_("Nom de la personne"),
    "email": N_("Son adresse courriel"),
}
PER_PAGE = 100


class Search(Struct):
    """Sent in the body: names stay out of addresses, which browsers and proxies remember."""

    q: str = ""
    cote: str = ""
    etat: str = ""


class Invitation(Struct):
    """Whom to write to, and for which house."""

    side: Literal["business", "resource"]
    organisation: OneLine
    name: OneLine
    email: EmailAddress


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def show(
    request: PageRequest, edition: RequestedEdition, cote: FromQuery[str] = "", etat: FromQuery[str] = ""
) -> Response[str]:
    """By organisation."""
    return await _page(request, edition, Search(cote=cote, etat=etat))


@post("/", name="matchmaking:find-participants", permission=Permission.ORGANISE)
async def find(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Those that say all of the words."""
    return await _page(request, edition, (await read_form(request, Search)).value or Search())


@get("/liste/{kind:str}", name="matchmaking:roster-file", permission=Permission.ORGANISE)
async def roster_file(
    edition: RequestedEdition, kind: FromPath[Kind], cote: FromQuery[str] = "", etat: FromQuery[str] = ""
) -> Response[bytes]:
    """The list with the same choice."""
    found = narrowed(await roster_of(edition.id), side=cote, state=etat)
    return await list_file([[_(words) for words in HEAD], *map(cells, found)], kind, f"rencontres-{edition.slug}")


@post("/inviter", name="matchmaking:invite", permission=Permission.ORGANISE)
async def invite_somebody(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """For an organisation that is not there yet."""
    form = await read_form(request, Invitation)
    if form.value is None:
        return await _page(request, edition, Search(), inviting=form)
    said = form.value
    try:
        await invite(edition.id, side=said.side, organisation=said.organisation, name=said.name, email=said.email)
    except TakesPartAlready as refusal:
        form.refuse("email", str(refusal))
        return await _page(request, edition, Search(), inviting=form)
    wake.soon()
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=_(INVITED))


async def _page(
    request: PageRequest, edition: Edition, asked: Search, *, inviting: Form[Invitation] | None = None
) -> Response[str]:
    everybody = await roster_of(edition.id)
    words = " ".join(asked.q.split())[:100]
    found = narrowed(everybody, words=words, side=asked.cote, state=asked.etat)
    pages = max(1, -(-len(found) // PER_PAGE))
    number = str(request.query_params.get("page", "1"))
    current = min(int(number), pages) if number.isascii() and number.isdigit() and 0 < len(number) < 5 else 1
    here = url(ROUTE, edition_slug=edition.slug)
    chosen = urlencode({"cote": asked.cote, "etat": asked.etat})
    return page(
        request,
        "matchmaking/roster.html",
        edition=edition,
        status_code=422 if inviting else 200,
        organiser_menu=organiser_menu(edition, ROUTE),
        here=here,
        everybody=everybody,
        counts={side: len(narrowed(everybody, side=side, state="active")) for side in SIDES},
        found=len(found),
        lines=found[(max(current, 1) - 1) * PER_PAGE : max(current, 1) * PER_PAGE],
        languages={each: _(words) for each, words in LANGUAGES.items()},
        sides=[(side, _(label)) for side, label in SIDES.items()],
        states=[(state, _(label)) for state, label in STATES.items()],
        asked={"q": words, "cote": asked.cote, "etat": asked.etat},
        current=max(current, 1),
        pages=1 if words else pages,
        pager=f"{here}?{chosen}&page=",
        files=[
            (kind.upper(), url("matchmaking:roster-file", edition_slug=edition.slug, kind=kind) + f"?{chosen}")
            for kind in ("xlsx", "csv")
        ],
        typed=inviting.typed if inviting else {"side": "resource"},
        errors=inviting.errors if inviting else {},
        labels={name: _(label) for name, label in LABELS.items()},
    )


router = Router(
    path="/{edition_slug:str}/organisation/rencontres-eclair/participation",
    route_handlers=[show, find, roster_file, invite_somebody],
    after_request=keep_private,
    include_in_schema=False,
)
