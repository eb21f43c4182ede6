"""Waiting lists as organisers see them: each line explained, somebody moved or taken out for a reason."""

from typing import Annotated

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta, Struct

from digital_days.kernel import wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Refusal
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import OneLine, WholeNumber, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from scheduling.domain.line_explained import explained, lines_of_edition, when
from scheduling.domain.line_order import move_in_line
from scheduling.domain.slots import slot_called
from scheduling.domain.waiting import NotInLine, remove

REASON_NEEDED = N_("Écrivez une raison : la personne concernée et l’équipe pourront la lire.")
MOVED = N_("C’est fait : numéro %(position)s dans la liste.")
REMOVED = N_("C’est fait : cette personne n’est plus sur la liste.")
OUT_ALREADY = N_("Cette personne n’était déjà plus sur la liste.")


class Move(Struct):
    """Where to, and why."""

    position: WholeNumber
    words: Annotated[OneLine, Meta(max_length=300)]


class Removal(Struct):
    """Why."""

    words: Annotated[OneLine, Meta(max_length=300)]


@get("/", name="scheduling:waiting-lists", permission=Permission.ORGANISE)
async def lists(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Every slot that has a line."""
    return page(
        request,
        "scheduling/waiting_lists.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, "scheduling:waiting-lists"),
        lines=await lines_of_edition(edition.id),
    )


@get("/{slot:str}", name="scheduling:waiting-list", permission=Permission.ORGANISE)
async def one(request: PageRequest, edition: RequestedEdition, slot: FromPath[str]) -> Response[str]:
    """Who is next, and why each one was or was not offered a place."""
    wanted = await slot_called(edition.id, slot)
    return page(
        request,
        "scheduling/waiting_list.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, "scheduling:waiting-lists"),
        slot=wanted,
        line=next((each for each in await lines_of_edition(edition.id) if each.slot == wanted.code), None),
        people=await explained(edition.id, wanted.code),
        when=when,
    )


@post("/{slot:str}/{entry:str}/deplacer", name="scheduling:move-in-line", permission=Permission.ORGANISE)
async def move(request: PageRequest, edition: RequestedEdition, slot: FromPath[str], entry: FromPath[str]) -> Redirect:
    """To a position, for a reason."""
    back = await _line_of(edition, slot, entry)
    form = await read_form(request, Move)
    if form.value is None:
        return see_other(back, flash=form.errors.get("position") or _(REASON_NEEDED), kind="error")
    try:
        position = await move_in_line(entry, form.value.position, by=signed_in(request).id, words=form.value.words)
    except Refusal as refusal:
        return see_other(back, flash=str(refusal), kind="error")
    wake.soon()
    return see_other(back, flash=_(MOVED, position=position))


@post("/{slot:str}/{entry:str}/retirer", name="scheduling:remove-from-line", permission=Permission.ORGANISE)
async def take_out(
    request: PageRequest, edition: RequestedEdition, slot: FromPath[str], entry: FromPath[str]
) -> Redirect:
    """For a reason, which the person can read."""
    back = await _line_of(edition, slot, entry)
    form = await read_form(request, Removal)
    if form.value is None:
        return see_other(back, flash=_(REASON_NEEDED), kind="error")
    removed = await remove(entry, by=signed_in(request).id, words=form.value.words)
    wake.soon()
    return see_other(back, flash=_(REMOVED if removed else OUT_ALREADY))


async def _line_of(edition: Edition, slot: str, code: str) -> str:
    """The list's address; raises ``NotInLine`` for whoever never stood in it."""
    wanted = await slot_called(edition.id, slot)
    if code not in {each.code for each in await explained(edition.id, wanted.code)}:
        raise NotInLine
    return url("scheduling:waiting-list", edition_slug=edition.slug, slot=wanted.code)


router = Router(
    path="/{edition_slug:str}/organisation/attentes",
    route_handlers=[lists, one, move, take_out],
    after_request=keep_private,
    include_in_schema=False,
)
