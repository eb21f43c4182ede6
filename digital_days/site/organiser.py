"""The organiser's start page: what needs attention today, how full it is, which messages left."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel import wake
from digital_days.kernel.check_in import turnout
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.service import Attention
from digital_days.kernel.web.access import may_look_inside
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from digital_days.services import SERVICES
from digital_days.site import messages


@get("/", name="site:organiser", permission=Permission.ORGANISE)
async def start(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Every service says what it has to say; the messages are the shell's own."""
    panels = [panel for service in SERVICES if service.panels for panel in await service.panels(edition.id)]
    return page(
        request,
        "site/organiser.html",
        edition=edition,
        attention=await _attention(edition),
        panels=panels,
        messages=await messages.recent_messages(edition.id),
        turnout=await turnout(edition.id),
        organiser_menu=organiser_menu(edition, "site:organiser"),
        mailbox_url=url("site:mailbox") if may_look_inside(request) else "",
    )


@post("/messages/{number:int}/renvoyer", name="site:send-again", permission=Permission.ORGANISE)
async def send_again(edition: RequestedEdition, number: FromPath[int]) -> Redirect:
    """A failed message is tried once more; one that isn't failed is left alone."""
    again = await messages.send_again(number, edition_id=edition.id)
    wake.soon()
    return see_other(
        url("site:organiser", edition_slug=edition.slug),
        flash=_("Le message repart.") if again else _("Ce message n’est plus en échec."),
        kind="success" if again else "info",
    )


async def _attention(edition: Edition) -> list[Attention]:
    """What cannot wait comes first."""
    points = await messages.attention(edition.id, edition.slug)
    for service in SERVICES:
        points += await service.attention(edition.id) if service.attention else []
    return sorted(points, key=lambda point: not point.urgent)


router = Router(
    path="/{edition_slug:str}/organisation",
    route_handlers=[start, send_again],
    include_in_schema=False,
)
