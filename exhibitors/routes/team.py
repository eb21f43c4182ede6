"""Who acts for an exhibitor, and who stands at its booth."""

from typing import Annotated, Literal

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta, Struct

from digital_days.kernel import wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.settings import current
from digital_days.kernel.web import rate_limits
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import EmailAddress, OneLine, read_form
from digital_days.kernel.web.pages import PageRequest, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from exhibitors.domain import badges, members
from exhibitors.domain.exhibitors import Exhibitor
from exhibitors.routes.portal_page import acting_for
from exhibitors.routes.team_page import ROUTE, team_page


class Invitation(Struct, frozen=True):
    """Both are needed: the address says who, the name how the team calls them."""

    member_name: OneLine
    member_email: EmailAddress


class MemberChange(Struct, frozen=True):
    """``do`` is the button beside the member's name."""

    member: Annotated[int, Meta(ge=0, lt=2**31)]
    do: Literal["remove", "contact", "no-contact"]


class BadgeForm(Struct, frozen=True):
    """One person of the booth."""

    badge_name: OneLine
    badge_email: EmailAddress = EmailAddress("")


@get("/", name=ROUTE, permission=Permission.SIGNED_IN)
async def show(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str]:
    """All lists, each with its form."""
    own = await acting_for(request, edition, exhibitor)
    return await team_page(request, edition, own)


@post("/inviter", name="exhibitors:invite-member", permission=Permission.SIGNED_IN)
async def invite(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str] | Redirect:
    """They may act at once."""
    own = await acting_for(request, edition, exhibitor)
    form = await read_form(request, Invitation)
    if form.value:
        rate_limits.count(invitations=(str(signed_in(request).id), current().rate_per_person))
        try:
            await members.invite_member(own, name=form.value.member_name, email=form.value.member_email)
        except members.TooManyMembers as refusal:
            form.refuse("member_email", str(refusal))
        else:
            wake.soon()
            return _back(edition, own, _("%(name)s reçoit un courriel pour se connecter.", name=form.value.member_name))
    return await team_page(request, edition, own, form)


@post("/membres", name="exhibitors:change-member", permission=Permission.SIGNED_IN)
async def change_member(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Redirect:
    """Whoever leaves the team finds its pages closed."""
    own = await acting_for(request, edition, exhibitor)
    form = await read_form(request, MemberChange)
    if form.value is None:
        return _back(edition, own, "")
    try:
        if form.value.do == "remove":
            await members.remove_member(own.id, form.value.member)
        else:
            await members.say_contact(own.id, form.value.member, is_contact=form.value.do == "contact")
    except (members.LastContact, members.NoSuchMember) as refusal:
        return _back(edition, own, str(refusal), kind="error")
    there = {member.person_id for member in await members.members_of(own.id)}
    if signed_in(request).id not in there:
        gone = url("exhibitors:portals", edition_slug=edition.slug)
        return see_other(gone, flash=_("Vous n’agissez plus pour cet exposant."))
    return _back(edition, own, _("C’est enregistré."))


@post("/porte-noms", name="exhibitors:add-badge", permission=Permission.SIGNED_IN)
async def add_badge(
    request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]
) -> Response[str] | Redirect:
    """One more person at the booth."""
    own = await acting_for(request, edition, exhibitor)
    form = await read_form(request, BadgeForm)
    if form.value:
        rate_limits.count(badges=(str(signed_in(request).id), current().rate_per_person))
        name, email = form.value.badge_name, form.value.badge_email
        try:
            await badges.add_badge(own, edition, name=name, email=email)
        except Conflict as refusal:
            form.refuse("badge_name", str(refusal))
        else:
            wake.soon()
            return _back(edition, own, _("Le porte-nom de %(name)s est prêt.", name=name))
    return await team_page(request, edition, own, form)


def _back(edition: Edition, own: Exhibitor, flash: str, *, kind: str = "success") -> Redirect:
    return see_other(url(ROUTE, edition_slug=edition.slug, exhibitor=own.code), flash=flash, kind=kind)


router = Router(
    path="/{edition_slug:str}/mon-kiosque/{exhibitor:str}/equipe",
    route_handlers=[show, invite, change_member, add_badge],
    include_in_schema=False,
)
