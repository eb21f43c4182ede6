"""Every booth as organisers see it: who has it, who waits, and each one to give or to free by hand."""

from typing import Annotated

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta, Struct

from digital_days.kernel import wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, OneLine, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from exhibitors.domain.booth_refusals import NoSuchBooth
from exhibitors.domain.booth_waiting import line_of
from exhibitors.domain.by_hand import candidates_for, give_booth, history_of
from exhibitors.domain.ending import end_booking
from exhibitors.domain.exhibitors import exhibitor_called
from exhibitors.domain.floor_plan import Booth, plan_of
from exhibitors.domain.standings import occupants_of
from exhibitors.routes.booth_rows import size_of

ROUTE = "exhibitors:booths"
GIVEN = N_("Le kiosque %(number)s est réservé pour %(name)s, qui reçoit un courriel.")
FREED = N_("Le kiosque %(number)s est libéré. L’exposant reçoit un courriel avec votre raison.")
FREE_ALREADY = N_("Ce kiosque n’était déjà plus à cet exposant.")
LABELS = {"exhibitor": N_("Exposant"), "words": N_("Raison")}


class Gift(Struct, frozen=True):
    """The code of the exhibitor."""

    exhibitor: OneLine


class Freeing(Struct, frozen=True):
    """``booking`` is the code of what was seen: what somebody else has meanwhile is not ended. ``words``: why."""

    booking: OneLine
    words: Annotated[OneLine, Meta(max_length=300)]


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def every_booth(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """The list, and the line of each category."""
    plan = await plan_of(edition.id)
    return page(
        request,
        "exhibitors/booths.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, ROUTE),
        booths=[(booth, size_of(booth)) for booth in plan.booths],
        occupants=await occupants_of(edition.id),
        line=await line_of(edition.id),
    )


@get("/{booth:str}", name="exhibitors:booth-by-hand", permission=Permission.ORGANISE)
async def one_booth(request: PageRequest, edition: RequestedEdition, booth: FromPath[str]) -> Response[str]:
    """Who has it, what became of it until now, and two forms."""
    return await _booth_page(request, edition, await _called(edition, booth))


@post("/{booth:str}/donner", name="exhibitors:give-booth", permission=Permission.ORGANISE)
async def give(request: PageRequest, edition: RequestedEdition, booth: FromPath[str]) -> Response[str] | Redirect:
    """Booked for an accepted exhibitor, or moved there."""
    wanted = await _called(edition, booth)
    form = await read_form(request, Gift)
    if form.value is None:
        return await _booth_page(request, edition, wanted, form=form)
    exhibitor = await exhibitor_called(edition.id, form.value.exhibitor)
    back = url("exhibitors:booth-by-hand", edition_slug=edition.slug, booth=wanted.code)
    try:
        await give_booth(exhibitor.id, wanted.code)
    except (Conflict, NotFound) as refusal:
        return see_other(back, flash=str(refusal), kind="error")
    wake.soon()
    return see_other(back, flash=_(GIVEN, number=wanted.number, name=exhibitor.name))


@post("/{booth:str}/liberer", name="exhibitors:free-booth", permission=Permission.ORGANISE)
async def free(request: PageRequest, edition: RequestedEdition, booth: FromPath[str]) -> Response[str] | Redirect:
    """For a reason, which the exhibitor reads."""
    wanted = await _called(edition, booth)
    form = await read_form(request, Freeing)
    if form.value is None:
        return await _booth_page(request, edition, wanted, form=form)
    back = url("exhibitors:booth-by-hand", edition_slug=edition.slug, booth=wanted.code)
    occupant = (await occupants_of(edition.id)).get(wanted.code)
    if occupant is None or occupant.booking != form.value.booking:
        return see_other(back, flash=_(FREE_ALREADY), kind="info")
    ended = await end_booking(occupant.booking, by=signed_in(request).id, reason=form.value.words)
    wake.soon()
    return see_other(back, flash=_(FREE_ALREADY if ended == "over" else FREED, number=wanted.number))


async def _called(edition: Edition, code: str) -> Booth:
    found = next((each for each in (await plan_of(edition.id)).booths if each.code == code), None)
    if found is None:
        raise NoSuchBooth
    return found


async def _booth_page(
    request: PageRequest, edition: Edition, booth: Booth, *, form: Form[Gift] | Form[Freeing] | None = None
) -> Response[str]:
    return page(
        request,
        "exhibitors/booth_by_hand.html",
        edition=edition,
        status_code=422 if form else 200,
        organiser_menu=organiser_menu(edition, ROUTE),
        booth=booth,
        size=size_of(booth),
        occupant=(await occupants_of(edition.id)).get(booth.code),
        candidates=await candidates_for(edition.id),
        history=await history_of(edition.id, booth.code),
        typed=form.typed if form else {},
        errors=form.errors if form else {},
        labels={name: _(words) for name, words in LABELS.items()},
    )


router = Router(
    path="/{edition_slug:str}/organisation/salon/kiosques",
    route_handlers=[every_booth, one_booth, give, free],
    after_request=keep_private,
    include_in_schema=False,
)
