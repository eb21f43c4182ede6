"""Organisers keep two organisations apart, and let them meet again."""

from typing import Annotated

from litestar import Response, Router, get, post
from litestar.response import Redirect
from msgspec import Meta, Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Refusal
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, OneLine, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from matchmaking.domain.exclusions import keep_apart, kept_apart, let_meet
from matchmaking.domain.roster import roster_of

ROUTE = "matchmaking:exclusions"
KEPT = N_("C’est noté : le prochain horaire ne les réunit pas.")
FREED = N_("C’est noté : elles peuvent de nouveau se rencontrer.")
LABELS = {"business": N_("Entreprise"), "resource": N_("Ressource de soutien"), "reason": N_("Raison")}


class Apart(Struct, kw_only=True):
    """Codes of organisations; the reason is for organisers alone."""

    business: OneLine
    resource: OneLine
    reason: Annotated[OneLine, Meta(max_length=200)] = OneLine("")


class Together(Struct):
    """Codes of organisations."""

    business: str = ""
    resource: str = ""


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """All pairs, and a form for one more."""
    return await _page(request, edition)


@post("/", name="matchmaking:keep-apart", permission=Permission.ORGANISE)
async def keep(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """Counts in every plan from now on; what is published stays until the next one."""
    form = await read_form(request, Apart)
    if form.value is not None:
        try:
            await keep_apart(edition.id, form.value.business, form.value.resource, reason=form.value.reason)
        except Refusal as refusal:
            form.refuse("", str(refusal))
        else:
            return see_other(url(ROUTE, edition_slug=edition.slug), flash=_(KEPT))
    return await _page(request, edition, form)


@post("/reunir", name="matchmaking:let-meet", permission=Permission.ORGANISE)
async def free(request: PageRequest, edition: RequestedEdition) -> Redirect:
    """The pair is as any other again."""
    said = (await read_form(request, Together)).value or Together()
    await let_meet(edition.id, said.business, said.resource)
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=_(FREED))


async def _page(request: PageRequest, edition: Edition, form: Form[Apart] | None = None) -> Response[str]:
    houses = {line.organisation_code: line for line in await roster_of(edition.id) if line.state != "left"}
    return page(
        request,
        "matchmaking/exclusions.html",
        edition=edition,
        status_code=422 if form else 200,
        organiser_menu=organiser_menu(edition, ROUTE),
        here=url(ROUTE, edition_slug=edition.slug),
        pairs=await kept_apart(edition.id),
        houses={
            side: [(code, line.organisation) for code, line in houses.items() if line.side == side]
            for side in ("business", "resource")
        },
        typed=form.typed if form else {"business": "", "resource": "", "reason": ""},
        errors=form.errors if form else {},
        labels={name: _(words) for name, words in LABELS.items()},
    )


router = Router(
    path="/{edition_slug:str}/organisation/rencontres-eclair/a-part",
    route_handlers=[show, keep, free],
    include_in_schema=False,
)
