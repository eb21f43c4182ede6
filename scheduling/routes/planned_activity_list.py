"""The activities of the programme in preparation, as a list to search."""

from urllib.parse import urlencode

from litestar import Response, get

from digital_days.kernel.editions import Edition
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page
from scheduling.domain.activity_choices import choices_of
from scheduling.domain.drafts import draft_of
from scheduling.domain.planned_activity_list import Wanted, planned_activities
from scheduling.routes.labels import day_name

_PARAMETERS = {
    "words": "q",
    "kind": "genre",
    "theme": "theme",
    "audience": "public",
    "without_slot": "sans_horaire",
    "without_speaker": "sans_intervenant",
    "untranslated": "pas_traduites",
}


@get(
    "/{edition_slug:str}/organisation/activites",
    name="scheduling:planned-activities",
    permission=Permission.ORGANISE,
    include_in_schema=False,
)
async def list_activities(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """By title, fifty at a time."""
    draft = await draft_of(edition.id)
    wanted = _wanted(request, edition)
    found = await planned_activities(draft, wanted, page_number(request))
    return page(
        request,
        "scheduling/planned_activities.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, "scheduling:planned-activities"),
        found=found,
        wanted=wanted,
        choices=await choices_of(draft),
        day_name=day_name,
        next_pages=f"?{_query(wanted)}&page=",
    )


def page_number(request: PageRequest) -> int:
    """The page of a list that the address asks for; the first for what is no number."""
    asked = request.query_params.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1


def _wanted(request: PageRequest, edition: Edition) -> Wanted:
    asked = {name: request.query_params.get(parameter, "") for name, parameter in _PARAMETERS.items()}
    return Wanted(
        words=" ".join(asked["words"].split())[:100],
        kind=asked["kind"],
        theme=asked["theme"],
        audience=asked["audience"],
        without_slot=bool(asked["without_slot"]),
        without_speaker=bool(asked["without_speaker"]),
        untranslated=bool(asked["untranslated"]) and edition.opens_english,
    )


def _query(wanted: Wanted) -> str:
    said = {parameter: getattr(wanted, name) for name, parameter in _PARAMETERS.items()}
    return urlencode({name: "1" if value is True else value for name, value in said.items() if value})
