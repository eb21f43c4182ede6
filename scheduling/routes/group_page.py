"""A group's page: for its contact, signed in or by the link of the message. Opening it changes nothing."""

from collections.abc import Mapping

from litestar import Response, Router, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel import qr, signing, wake
from digital_days.kernel.editions import Edition, edition_called
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.private_links import WrongLink, proved_code
from digital_days.kernel.settings import current
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import edition_of_link, keep_private, wrong_link
from digital_days.kernel.web.urls import url
from scheduling.domain.group_lines import LONGEST
from scheduling.domain.group_places import NotForAll
from scheduling.domain.group_reading import Group, Member, NoSuchGroup, group_called
from scheduling.routes.group_acts import ACTS, WrongLines
from scheduling.routes.group_form import in_words
from scheduling.routes.limits import limit_groups

NOTHING_DONE = N_("Rien n’a changé. %(reasons)s")


@get("/groupes/{token:str}", name="scheduling:group", permission=Permission.SIGNED_LINK)
async def by_link(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """By the link of the message."""
    group = await group_called(proved_code("group", token))
    return await _group_page(request, await edition_of_link(group.edition_slug), group, _by_link(token))


@post("/groupes/{token:str}", name="scheduling:change-group", permission=Permission.SIGNED_LINK)
async def change_by_link(request: PageRequest, token: FromPath[str]) -> Response[str] | Redirect:
    """Whoever holds the link has read the contact's mail."""
    group = await group_called(proved_code("group", token))
    return await _changed(request, await edition_called(group.edition_slug), group, _by_link(token))


@get("/groupes/{token:str}/billets", name="scheduling:group-tickets", permission=Permission.SIGNED_LINK)
async def tickets_by_link(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """All tickets, to print."""
    group = await group_called(proved_code("group", token))
    return _tickets_page(request, await edition_of_link(group.edition_slug), group, _by_link(token))


@get("/{edition_slug:str}/mes-groupes/{group:str}", name="scheduling:my-group", permission=Permission.SIGNED_IN)
async def mine(request: PageRequest, edition: RequestedEdition, group: FromPath[str]) -> Response[str]:
    """The same for the contact, signed in; another's group does not exist here."""
    return await _group_page(request, edition, await _own(request, edition, group), _own_urls(edition, group))


@post("/{edition_slug:str}/mes-groupes/{group:str}", name="scheduling:change-my-group", permission=Permission.SIGNED_IN)
async def change_mine(
    request: PageRequest, edition: RequestedEdition, group: FromPath[str]
) -> Response[str] | Redirect:
    """The same, signed in."""
    return await _changed(request, edition, await _own(request, edition, group), _own_urls(edition, group))


@get(
    "/{edition_slug:str}/mes-groupes/{group:str}/billets",
    name="scheduling:my-group-tickets",
    permission=Permission.SIGNED_IN,
)
async def my_tickets(request: PageRequest, edition: RequestedEdition, group: FromPath[str]) -> Response[str]:
    """The same, signed in."""
    return _tickets_page(request, edition, await _own(request, edition, group), _own_urls(edition, group))


def _by_link(token: str) -> dict[str, str]:
    return {
        "here": url("scheduling:group", token=token),
        "tickets": url("scheduling:group-tickets", token=token),
    }


def _own_urls(edition: Edition, group: str) -> dict[str, str]:
    return {
        "here": url("scheduling:my-group", edition_slug=edition.slug, group=group),
        "tickets": url("scheduling:my-group-tickets", edition_slug=edition.slug, group=group),
    }


async def _own(request: PageRequest, edition: Edition, code: str) -> Group:
    group = await group_called(code)
    if group.contact != signed_in(request).id or group.edition != edition.id:
        raise NoSuchGroup
    return group


async def _changed(
    request: PageRequest, edition: Edition, group: Group, urls: Mapping[str, str]
) -> Response[str] | Redirect:
    data = await request.form()
    act, _colon, member = str(data.get("do", "")).partition(":")
    limit_groups(group.contact or 0)
    try:
        said, kind = await ACTS[act](group, edition, member, data) if act in ACTS else ("", "success")
    except NotForAll as refusal:
        reasons = " ".join(in_words(refusal.shortages, group.slots))
        return await _group_page(request, edition, group, urls, data, [_(NOTHING_DONE, reasons=reasons)], status=409)
    except WrongLines as refusal:
        return await _group_page(request, edition, group, urls, data, refusal.lines, status=422)
    except (Conflict, NotFound) as refusal:
        return await _group_page(request, edition, group, urls, data, [str(refusal)], status=409)
    wake.soon()
    return see_other(urls["here"], flash=said, kind=kind)


async def _group_page(
    request: PageRequest,
    edition: Edition,
    group: Group,
    urls: Mapping[str, str],
    typed: FormMultiDict | None = None,
    wrong: list[str] | None = None,
    *,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "scheduling/group.html",
        edition=edition,
        status_code=status,
        group=group,
        urls=urls,
        typed={name: str(value) for name, value in typed.items()} if typed else {},
        wrong=wrong or [],
        missing=len(group.missing()),
        longest=LONGEST,
    )


def _tickets_page(request: PageRequest, edition: Edition, group: Group, urls: Mapping[str, str]) -> Response[str]:
    return page(
        request,
        "scheduling/group_tickets.html",
        edition=edition,
        group=group,
        urls=urls,
        tickets=[_ticket(group, member) for member in group.members if member.has_ticket],
    )


def _ticket(group: Group, member: Member) -> dict[str, object]:
    token = signing.ticket_token(member.registration or "", key=current().secret_key)
    return {
        "name": member.label,
        "slots": [slot for slot in group.slots if (place := member.place_in(slot.code)) is not None and place.is_on],
        "spoken_code": member.spoken_code,
        "code_image": qr.svg(token, label=_("Code QR du billet de %(name)s", name=member.label)),
    }


router = Router(
    path="/",
    route_handlers=[by_link, change_by_link, tickets_by_link, mine, change_mine, my_tickets],
    after_request=keep_private,
    exception_handlers={WrongLink: wrong_link},
    include_in_schema=False,
)
