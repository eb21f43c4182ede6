"""What people thought, activity by activity, for the organisers: numbers and words, nobody's name."""

from litestar import Response, get

from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page
from scheduling.domain.feedback import ENOUGH, RATINGS, results


@get(
    "/{edition_slug:str}/organisation/avis",
    name="scheduling:feedback-results",
    permission=Permission.ORGANISE,
    include_in_schema=False,
)
async def show(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Nothing of an activity before enough people have answered."""
    return page(
        request,
        "scheduling/feedback_results.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, "scheduling:feedback-results"),
        results=await results(edition.id),
        ratings={number: _(words) for number, words in RATINGS.items()},
        enough=ENOUGH,
    )
