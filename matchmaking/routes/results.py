"""The organisers' page of what the meetings were good for; the same figures as a list to take away."""

from litestar import Response, get

from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page
from matchmaking.domain.outcome_words import NEXT_STEPS, USEFUL
from matchmaking.domain.results import ENOUGH, results_of

ROUTE = "matchmaking:results"


@get("/{edition_slug:str}/organisation/rencontres-eclair/resultats", name=ROUTE, permission=Permission.ORGANISE)
async def results(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Kept, useful, next steps, by theme; fewer than three answers are not shown."""
    tally, themes = await results_of(edition.id)
    return page(
        request,
        "matchmaking/results.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, ROUTE),
        tally=tally,
        themes=themes,
        enough=ENOUGH,
        useful={value: _(words) for value, words in USEFUL.items()},
        next_steps={value: _(words) for value, words in NEXT_STEPS.items()},
    )
