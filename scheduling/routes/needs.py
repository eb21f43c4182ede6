"""One's needs, written and taken back by oneself: signed in, or by a link of the ticket's page."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.private_links import WrongLink, private_path, proved_code, remember_proof
from digital_days.kernel.registrations import NoSuchRegistration, Registration, registration_called, registration_of
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, OneLine, read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import edition_of_link, keep_private, wrong_link
from digital_days.kernel.web.urls import url
from scheduling.domain.needs import needs_of, say_own, withdraw_needs
from scheduling.routes.needs_fields import OTHER, OtherNeed, look_at_needs, said_in

SAVED = N_("C’est noté : l’équipe en tiendra compte.")
WITHDRAWN = N_("C’est effacé : nous ne gardons rien de vos besoins.")


class NeedsForm(Struct):
    """The boxes and the words beside the last of them."""

    needs: list[str] = []
    other_need: OtherNeed = OneLine("")


class Doors(Struct, frozen=True, kw_only=True):
    """Where the page's buttons lead, and the way back."""

    save: str
    withdraw: str
    ticket: str


@get("/besoins/{token:str}", name="scheduling:needs", permission=Permission.SIGNED_LINK)
async def by_link(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """For whoever holds the link of the ticket."""
    registration = await registration_called(proved_code("needs", token))
    return await _shown(request, await edition_of_link(registration.edition_slug), registration, _by_link(token))


@post("/besoins/{token:str}", name="scheduling:say-needs", permission=Permission.SIGNED_LINK)
async def say_by_link(request: PageRequest, token: FromPath[str]) -> Response[str] | Redirect:
    """Whoever answers here has read the mail with the ticket: the address is theirs."""
    registration = await registration_called(proved_code("needs", token))
    edition = await edition_of_link(registration.edition_slug)
    answer = await _said(request, edition, registration, _by_link(token))
    if isinstance(answer, Redirect):
        await remember_proof(registration.person_id)
    return answer


@post("/besoins/{token:str}/retirer", name="scheduling:withdraw-needs", permission=Permission.SIGNED_LINK)
async def withdraw_by_link(token: FromPath[str]) -> Redirect:
    """At once."""
    registration = await registration_called(proved_code("needs", token))
    await withdraw_needs(registration.code)
    return see_other(url("scheduling:needs", token=token), flash=_(WITHDRAWN))


@get("/{edition_slug:str}/mon-billet/besoins", name="scheduling:my-needs", permission=Permission.SIGNED_IN)
async def mine(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """The signed-in person's own; without a ticket, the page that says how to get one."""
    registration = await registration_of(signed_in(request).id, edition.id)
    if registration is None:
        return see_other(url("site:my-ticket", edition_slug=edition.slug))
    return await _shown(request, edition, registration, _mine(edition))


@post("/{edition_slug:str}/mon-billet/besoins", name="scheduling:say-my-needs", permission=Permission.SIGNED_IN)
async def say_mine(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """The same, signed in."""
    return await _said(request, edition, await _my_registration(request, edition), _mine(edition))


@post(
    "/{edition_slug:str}/mon-billet/besoins/retirer",
    name="scheduling:withdraw-my-needs",
    permission=Permission.SIGNED_IN,
)
async def withdraw_mine(request: PageRequest, edition: RequestedEdition) -> Redirect:
    """The same, signed in."""
    await withdraw_needs((await _my_registration(request, edition)).code)
    return see_other(url("scheduling:my-needs", edition_slug=edition.slug), flash=_(WITHDRAWN))


def _by_link(token: str) -> Doors:
    code = proved_code("needs", token)
    return Doors(
        save=url("scheduling:say-needs", token=token),
        withdraw=url("scheduling:withdraw-needs", token=token),
        ticket=private_path("site:ticket", "ticket", code),
    )


def _mine(edition: Edition) -> Doors:
    return Doors(
        save=url("scheduling:say-my-needs", edition_slug=edition.slug),
        withdraw=url("scheduling:withdraw-my-needs", edition_slug=edition.slug),
        ticket=url("site:my-ticket", edition_slug=edition.slug),
    )


async def _my_registration(request: PageRequest, edition: Edition) -> Registration:
    registration = await registration_of(signed_in(request).id, edition.id)
    if registration is None:
        raise NoSuchRegistration
    return registration


async def _said(
    request: PageRequest, edition: Edition, registration: Registration, doors: Doors
) -> Response[str] | Redirect:
    form = await read_form(request, NeedsForm)
    look_at_needs(form)
    if form.value is None:
        return await _shown(request, edition, registration, doors, form=form)
    said = said_in(form)
    await say_own(registration.code, said, organiser=edition.organiser_name)
    return see_other(doors.ticket, flash=_(WITHDRAWN if said.is_empty else SAVED))


async def _shown(
    request: PageRequest,
    edition: Edition,
    registration: Registration,
    doors: Doors,
    *,
    form: Form[Any] | None = None,
) -> Response[str]:
    needs = await needs_of(registration.code)
    return page(
        request,
        "scheduling/needs.html",
        edition=edition,
        status_code=422 if form else 200,
        needs=needs,
        ticked=form["needs"] if form else [*needs.ticked, *([OTHER] if needs.other else [])],
        other=form["other_need"] if form else needs.other,
        errors=form.errors if form else {},
        doors=doors,
    )


router = Router(
    path="/",
    route_handlers=[by_link, say_by_link, withdraw_by_link, mine, say_mine, withdraw_mine],
    after_request=keep_private,
    exception_handlers={WrongLink: wrong_link},
    include_in_schema=False,
)
