"""What would go wrong, said before anything is computed."""

from litestar import Response, get
from litestar.params import FromQuery

from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.urls import url
from matchmaking.domain.checking import checked
from matchmaking.domain.finding_words import SEVERITIES, Where
from matchmaking.domain.scenarios import scenario_called, scenarios_of

ROUTE = "matchmaking:verification"
PAGES: dict[Where, str] = {
    "settings": "matchmaking:settings",
    "roster": "matchmaking:roster",
    "exclusions": "matchmaking:exclusions",
}


@get(
    "/{edition_slug:str}/organisation/rencontres-eclair/verification",
    name=ROUTE,
    permission=Permission.ORGANISE,
    include_in_schema=False,
)
async def show(request: PageRequest, edition: RequestedEdition, scenario: FromQuery[str] = "") -> Response[str]:
    """Under the settings, or as a scenario has them."""
    chosen = await scenario_called(edition.id, scenario) if scenario else None
    found = await checked(edition.id, chosen)
    return page(
        request,
        "matchmaking/verification.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, ROUTE),
        here=url(ROUTE, edition_slug=edition.slug),
        chosen=chosen,
        scenarios=[(each.code, each.name) for each in await scenarios_of(edition.id)],
        severities=[
            (severity.value, _(words), [group for group in found.groups if group.severity == severity])
            for severity, words in SEVERITIES.items()
        ],
        supply=found.supply,
        pages=_pages(edition.slug, scenario),
    )


def _pages(edition_slug: str, scenario: str) -> dict[Where, str]:
    """Where something can be done about it."""
    pages = {where: url(route, edition_slug=edition_slug) for where, route in PAGES.items()}
    if scenario:
        pages["scenario"] = url("matchmaking:scenario", edition_slug=edition_slug, scenario=scenario)
    return pages
