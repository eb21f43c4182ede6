"""One badge, to put right or to take away, and all of them on paper."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel import signing, wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.qr import drawing
from digital_days.kernel.settings import current
from digital_days.kernel.typesetting import typeset
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.paper import sheet
from digital_days.kernel.web.urls import url
from exhibitors.domain.badges import Badge, badge_called, badges_of, change_badge, remove_badge
from exhibitors.domain.exhibitors import Exhibitor
from exhibitors.routes.portal_menu import portal_menu
from exhibitors.routes.portal_page import acting_for
from exhibitors.routes.team import BadgeForm
from exhibitors.routes.team_page import ROUTE as TEAM

TEMPLATE = Path(__file__).parent.parent / "paper" / "staff_badges.typ"


@get("/porte-noms.pdf", name="exhibitors:badges", permission=Permission.SIGNED_IN)
async def print_all(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[bytes]:
    """Eight a sheet, in the order of the list."""
    own = await acting_for(request, edition, exhibitor)
    data = badge_sheet(edition, own, await badges_of(own.id))
    return sheet(await typeset(TEMPLATE, data=data, title=_("Porte-noms")), f"{_('porte-noms')}-{edition.slug}")


@get("/porte-noms/{badge:str}", name="exhibitors:badge", permission=Permission.SIGNED_IN)
async def one(
    request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str], badge: FromPath[str]
) -> Response[str]:
    """Its form, filled in."""
    own = await acting_for(request, edition, exhibitor)
    known = await badge_called(own.id, badge)
    return _badge_page(request, edition, own, known, {"badge_name": known.name, "badge_email": known.email})


@post("/porte-noms/{badge:str}", name="exhibitors:change-badge", permission=Permission.SIGNED_IN)
async def change(
    request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str], badge: FromPath[str]
) -> Response[str] | Redirect:
    """Another person gets another ticket."""
    own = await acting_for(request, edition, exhibitor)
    known, form = await badge_called(own.id, badge), await read_form(request, BadgeForm)
    if form.value:
        try:
            await change_badge(own, edition, badge, name=form.value.badge_name, email=form.value.badge_email)
        except Conflict as refusal:
            form.refuse("badge_name", str(refusal))
        else:
            wake.soon()
            return _back(edition, own, _("Le porte-nom est changé."))
    return _badge_page(request, edition, own, known, form.typed, form.errors)


@post("/porte-noms/{badge:str}/enlever", name="exhibitors:remove-badge", permission=Permission.SIGNED_IN)
async def remove(
    request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str], badge: FromPath[str]
) -> Redirect:
    """The ticket ends with it."""
    own = await acting_for(request, edition, exhibitor)
    await remove_badge(own.id, badge)
    return _back(edition, own, _("Le porte-nom est enlevé, et son billet ne fait plus entrer."))


def badge_sheet(edition: Edition, own: Exhibitor, badges: Sequence[Badge]) -> dict[str, object]:
    """The symbol is the ticket's: whoever wears the badge is scanned with it."""
    key = current().secret_key
    return {
        "edition": edition.name,
        "organisation": own.name,
        "role": _("Exposant"),
        "nothing": _("Personne n’a encore de porte-nom."),
        "badges": [
            {
                "name": each.name,
                "code": each.ticket,
                "qr": drawing(signing.ticket_token(each.registration, key=key)),
                "alt": _("Code QR du billet %(code)s", code=each.ticket),
            }
            for each in badges
            if each.registration
        ],
    }


def _back(edition: Edition, own: Exhibitor, flash: str) -> Redirect:
    return see_other(url(TEAM, edition_slug=edition.slug, exhibitor=own.code), flash=flash)


def _badge_page(
    request: PageRequest,
    edition: Edition,
    own: Exhibitor,
    badge: Badge,
    typed: Mapping[str, object],
    errors: Mapping[str, str] | None = None,
) -> Response[str]:
    return page(
        request,
        "exhibitors/staff_badge.html",
        edition=edition,
        status_code=422 if errors else 200,
        exhibitor=own,
        badge=badge,
        typed=typed,
        errors=errors or {},
        portal_menu=portal_menu(edition, own, TEAM),
    )


router = Router(
    path="/{edition_slug:str}/mon-kiosque/{exhibitor:str}/equipe",
    route_handlers=[print_all, one, change, remove],
    include_in_schema=False,
)
