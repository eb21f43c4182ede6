"""« Ma journée »: several activities chosen before any of them is asked for. The choice stays in the browser."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.pages import PageRequest, is_htmx, see_other
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from scheduling.domain.slots import slot_called
from scheduling.routes.keepsakes import ASKED, CHOSEN
from scheduling.routes.my_day_page import chosen_now, day_of, day_page
from scheduling.routes.my_day_places import take

UPDATED = N_("Votre journée est à jour.")
ADDED = N_("C’est dans votre journée : %(title)s")
EMPTIED = N_("Votre journée est vide. Les places que vous avez déjà restent à vous.")


class Choice(Struct):
    """What is ticked."""

    slot: list[str]


@get("/{edition_slug:str}/ma-journee", name="scheduling:my-day", permission=Permission.PUBLIC)
async def mine(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Favourites, choices and places held, by time; what overlaps is said before anything is sent."""
    return await day_page(request, edition, await day_of(request, edition))


@post("/{edition_slug:str}/ma-journee/choix", name="scheduling:choose-day", permission=Permission.PUBLIC)
async def choose(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """Keeps what is ticked, and nothing else of this edition; a script shows what that comes to."""
    ticked = (await read_form(request, Choice)).typed["slot"]
    if is_htmx(request):
        answer = await day_page(request, edition, await day_of(request, edition, chosen=ticked))
    else:
        answer = see_other(url("scheduling:my-day", edition_slug=edition.slug), flash=_(UPDATED))
    answer.set_cookie(await chosen_now(request, edition, ticked))
    return answer


@post("/{edition_slug:str}/ma-journee/plages/{slot:str}", name="scheduling:add-to-day", permission=Permission.PUBLIC)
async def add(request: PageRequest, edition: RequestedEdition, slot: FromPath[str]) -> Redirect:
    """From an activity's page; twice changes nothing."""
    wanted = await slot_called(edition.id, slot)
    answer = see_other(url("scheduling:my-day", edition_slug=edition.slug), flash=_(ADDED, title=wanted.title))
    answer.set_cookie(CHOSEN.keeping([*CHOSEN.kept_in(request.cookies), wanted.code]))
    return answer


@post("/{edition_slug:str}/ma-journee/vider", name="scheduling:empty-day", permission=Permission.PUBLIC)
async def empty(edition: RequestedEdition) -> Redirect:
    """Nothing of it stays in this browser; places and favourites are something else."""
    answer = see_other(url("scheduling:my-day", edition_slug=edition.slug), flash=_(EMPTIED))
    answer.set_cookie(CHOSEN.keeping([]))
    answer.set_cookie(ASKED.keeping([]))
    return answer


router = Router(
    path="/", route_handlers=[mine, take, choose, add, empty], after_request=keep_private, include_in_schema=False
)
