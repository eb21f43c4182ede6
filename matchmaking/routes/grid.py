"""A run's plan as a grid: people by rounds, or tables by rounds; each meeting leads to what can be done with it."""

from urllib.parse import urlencode

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from matchmaking.domain.draft_grid import Look, alone, people_rows, table_rows
from matchmaking.domain.draft_wrongs import wrongs_of
from matchmaking.domain.drafting import drafted
from matchmaking.domain.runs import run_called
from matchmaking.domain.scenarios import free_pair, scenario_called

ROUTE = "matchmaking:grid"
PER_PAGE = 60
LOOKS: dict[Look, str] = {
    "business": N_("Entreprises"),
    "resource": N_("Ressources de soutien"),
    "alone": N_("Sans rencontre"),
}
VIEWS = {"personnes": N_("Par personne"), "tables": N_("Par table")}
ALLOWED = N_("Cette rencontre est de nouveau permise : le prochain calcul peut la prévoir.")


class PairForm(Struct):
    """Two participants' codes."""

    one: str = ""
    other: str = ""


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def grid(
    request: PageRequest,
    edition: RequestedEdition,
    run: FromPath[str],
    vue: FromQuery[str] = "personnes",
    voir: FromQuery[str] = "",
    personne: FromQuery[str] = "",
) -> Response[str]:
    """As it is by now, beside people and agendas as they are now."""
    draft = await drafted(edition.id, run)
    here = url(ROUTE, edition_slug=edition.slug, run=run)
    look: Look = next((each for each in LOOKS if each == voir), "")
    person = personne if personne in draft.seats else ""
    rows = people_rows(draft, look, person)
    pages = max(1, -(-len(rows) // PER_PAGE))
    number = str(request.query_params.get("page", "1"))
    current = min(int(number), pages) if number.isascii() and number.isdigit() and 0 < len(number) < 5 else 1
    return page(
        request,
        "matchmaking/grid.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, "matchmaking:scenarios"),
        run=draft.run,
        here=here,
        tabs=[
            {"label": _(words), "url": f"{here}?{urlencode({'vue': each})}", "current": each == _view(vue)}
            for each, words in VIEWS.items()
        ],
        view=_view(vue),
        looks=[(each, _(words)) for each, words in LOOKS.items()],
        people=[(each.code, each.words) for each in draft.seats.values()],
        asked={"voir": look, "personne": person},
        rows=rows[(current - 1) * PER_PAGE : current * PER_PAGE],
        tables=table_rows(draft) if _view(vue) == "tables" else [],
        found=len(rows),
        current=current,
        pages=pages,
        pager=f"{here}?{urlencode({'vue': _view(vue), 'voir': look})}&page=",
        meetings=len(draft.draft),
        alone=alone(draft),
        wrongs=await wrongs_of(draft),
        bans=[(draft.names.pair(*pair), pair) for pair in draft.scenario.bans],
    )


@post("/permettre", name="matchmaking:allow-pair", permission=Permission.ORGANISE)
async def allow(request: PageRequest, edition: RequestedEdition, run: FromPath[str]) -> Redirect:
    """No longer set aside."""
    form = await read_form(request, PairForm)
    if form.value:
        scenario = await scenario_called(edition.id, (await run_called(edition.id, run)).scenario)
        await free_pair(scenario.id, form.value.one, form.value.other)
    return see_other(url(ROUTE, edition_slug=edition.slug, run=run), flash=_(ALLOWED))


def _view(asked: str) -> str:
    return asked if asked in VIEWS else "personnes"


router = Router(
    path="/{edition_slug:str}/organisation/rencontres-eclair/horaire/{run:str}",
    route_handlers=[grid, allow],
    include_in_schema=False,
)
