"""The page of a building: its name and address, once for all its rooms."""

from collections.abc import Mapping

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.changed_meanwhile import differences, labels
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import OneLine, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from scheduling.domain.drafts import draft_of
from scheduling.domain.venues import Venue, change_venue, venue_of

ROUTE = "scheduling:rooms"
LABELS = {"name": N_("Nom du lieu"), "name_en": N_("Nom en anglais"), "address": N_("Adresse")}


class VenueForm(Struct):
    """As it is sent."""

    name: OneLine
    name_en: OneLine = OneLine("")
    address: OneLine = OneLine("")
    version: str = ""


@get("/", name="scheduling:venue", permission=Permission.ORGANISE)
async def one_venue(request: PageRequest, edition: RequestedEdition, number: FromPath[int]) -> Response[str]:
    """The building in which this room is."""
    venue = await venue_of(await draft_of(edition.id), number)
    return _venue_page(request, edition, number, venue, typed=_typed_of(venue))


@post("/", name="scheduling:change-venue", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition, number: FromPath[int]) -> Response[str] | Redirect:
    """For all its rooms at once."""
    draft, form = await draft_of(edition.id), await read_form(request, VenueForm)
    typed = {name: str(form[name]) for name in (*LABELS, "version")}
    venue = await venue_of(draft, number)
    if form.value is None:
        return _venue_page(request, edition, number, venue, typed=typed, errors=form.errors, status=422)
    try:
        said = form.value
        await change_venue(
            draft, number, name=said.name, name_en=said.name_en, address=said.address, version=said.version
        )
    except ChangedMeanwhile:
        changes, typed = differences(form, _typed_of(venue), LABELS), {**typed, "version": venue.version}
        return _venue_page(request, edition, number, venue, typed=typed, changes=changes, status=409)
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=_("Le lieu est enregistré pour toutes ses salles."))


def _typed_of(venue: Venue) -> dict[str, str]:
    return {"name": venue.name, "name_en": venue.name_en, "address": venue.address, "version": venue.version}


def _venue_page(
    request: PageRequest,
    edition: Edition,
    number: int,
    venue: Venue,
    *,
    typed: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    changes: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "scheduling/venue.html",
        edition=edition,
        status_code=status,
        number=number,
        venue=venue,
        typed=typed,
        errors=errors or {},
        changes=changes,
        labels=labels(LABELS),
        organiser_menu=organiser_menu(edition, ROUTE),
    )


router = Router(
    path="/{edition_slug:str}/organisation/salles/{number:int}/lieu",
    route_handlers=[one_venue, change],
    include_in_schema=False,
)
