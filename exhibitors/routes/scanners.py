"""The phones of an exhibitor: who of the team may read tickets, added by a code on the screen, ended by a button."""

from datetime import timedelta
from typing import Annotated

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta, Struct

from digital_days.kernel import clock, qr
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, OneLine, read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import absolute, url
from exhibitors.domain.exhibitors import Exhibitor
from exhibitors.domain.scanners import SERVES, offer_pairing, pair_here, revoke_scanner, scanners_of
from exhibitors.routes.paired import paired_by
from exhibitors.routes.portal_menu import portal_menu
from exhibitors.routes.portal_page import acting_for

PAIRED_HERE = N_("Ce téléphone lit maintenant des billets pour cet exposant : %(exhibitor)s")
REVOKED = N_("C’est fait : ce téléphone ne lit plus de billets.")


class NewScanner(Struct):
    """What the team calls the phone."""

    name: Annotated[OneLine, Meta(max_length=60)] = OneLine("")


@get("/", name="exhibitors:scanners", permission=Permission.SIGNED_IN)
async def list_scanners(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str]:
    """All phones, and the way to add one."""
    own = await acting_for(request, edition, exhibitor)
    return await _shown(request, edition, own)


@post("/", name="exhibitors:add-scanner", permission=Permission.SIGNED_IN)
async def add_scanner(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str]:
    """The code is shown this once: nothing that is stored could show it again."""
    own = await acting_for(request, edition, exhibitor)
    form = await read_form(request, NewScanner)
    if form.value is None:
        return await _shown(request, edition, own, form=form)
    secret = await offer_pairing(own, name=form.value.name, by=signed_in(request).id)
    return await _shown(request, edition, own, secret=secret)


@post("/ici", name="exhibitors:pair-here", permission=Permission.SIGNED_IN)
async def add_this_browser(
    request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]
) -> Response[str] | Redirect:
    """Without a code: whoever is signed in on the phone has shown enough."""
    own = await acting_for(request, edition, exhibitor)
    form = await read_form(request, NewScanner)
    if form.value is None:
        return await _shown(request, edition, own, form=form)
    secret = await pair_here(own, name=form.value.name, by=signed_in(request).id)
    scanner = url("exhibitors:scanner", edition_slug=edition.slug)
    answer = see_other(scanner, flash=_(PAIRED_HERE, exhibitor=own.name))
    answer.set_cookie(paired_by(secret))
    return answer


@post("/{scanner:str}/retirer", name="exhibitors:revoke-scanner", permission=Permission.SIGNED_IN)
async def end_scanner(
    request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str], scanner: FromPath[str]
) -> Redirect:
    """At once, also in the middle of something."""
    own = await acting_for(request, edition, exhibitor)
    await revoke_scanner(own.id, scanner)
    return see_other(url("exhibitors:scanners", edition_slug=edition.slug, exhibitor=own.code), flash=_(REVOKED))


async def _shown(
    request: PageRequest,
    edition: Edition,
    own: Exhibitor,
    *,
    form: Form[NewScanner] | None = None,
    secret: str = "",
) -> Response[str]:
    pairing = absolute(url("exhibitors:pairing", edition_slug=edition.slug, token=secret)) if secret else ""
    return page(
        request,
        "exhibitors/scanners.html",
        edition=edition,
        status_code=422 if form else 200,
        exhibitor=own,
        portal_menu=portal_menu(edition, own, "exhibitors:scanners"),
        scanners=await scanners_of(own.id),
        name=form["name"] if form else "",
        errors=form.errors if form else {},
        pairing=pairing,
        pairing_code=qr.svg(pairing, label=_("Code à lire avec le téléphone")) if pairing else "",
        serves_until=clock.now() + SERVES,
        minutes=SERVES // timedelta(minutes=1),
    )


router = Router(
    path="/{edition_slug:str}/mon-kiosque/{exhibitor:str}/lecteurs",
    route_handlers=[list_scanners, add_scanner, add_this_browser, end_scanner],
    after_request=keep_private,
    include_in_schema=False,
)
