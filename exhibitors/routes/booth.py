"""An exhibitor chooses its booth on the plan or in the table, gives it back, or waits for one."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.pages import PageRequest, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from exhibitors.domain.bookings import booths_of
from exhibitors.domain.booth_refusals import NoSuchBooth
from exhibitors.domain.booth_waiting import join_line, leave_line
from exhibitors.domain.ending import end_booking
from exhibitors.domain.exhibitors import Exhibitor, own_exhibitor
from exhibitors.domain.holding import hold_booth
from exhibitors.routes.booth_page import ROUTE, booth_page
from exhibitors.routes.booth_refused import booth_refused

LEFT = N_("C’est fait : ce kiosque est de nouveau libre.")
CANCELLED = N_("Votre réservation est annulée. Un courriel le confirme.")
OVER_ALREADY = N_("Ce kiosque n’était déjà plus à vous.")
IN_LINE = N_("Vous êtes sur la liste d’attente. Un courriel vous dira quand un kiosque se libère.")
OUT_OF_LINE = N_("Vous n’attendez plus de kiosque.")


class BoothForm(Struct, frozen=True):
    """The code of the booth that is wanted."""

    booth: str = ""


class BookingForm(Struct, frozen=True):
    """The code of the booking that is to end."""

    booking: str = ""


async def mine(request: PageRequest, edition: Edition, code: str) -> Exhibitor:
    """The viewer's own exhibitor; raises ``NoSuchExhibitor``."""
    return await own_exhibitor(edition.id, signed_in(request).id, code)


@get("/", name=ROUTE, permission=Permission.SIGNED_IN)
async def choose(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str]:
    """The plan and the table; what the exhibitor has."""
    return await booth_page(request, edition, await mine(request, edition, exhibitor))


@post("/prendre", name="exhibitors:hold-booth", permission=Permission.SIGNED_IN)
async def hold(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str] | Redirect:
    """The booth is kept for some minutes; else why not, and the nearest that are free."""
    who = await mine(request, edition, exhibitor)
    form = await read_form(request, BoothForm)
    wanted = form.value.booth if form.value else ""
    try:
        await hold_booth(who.id, wanted)
    except (Conflict, NoSuchBooth) as refusal:
        return await booth_refused(request, edition, who, refusal, wanted=wanted)
    wake.soon()
    return see_other(url("exhibitors:booth-hold", edition_slug=edition.slug, exhibitor=who.code))


@post("/liberer", name="exhibitors:leave-booth", permission=Permission.SIGNED_IN)
async def leave(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Redirect:
    """An option is left, or a booking cancelled."""
    who = await mine(request, edition, exhibitor)
    form = await read_form(request, BookingForm)
    own = await booths_of(who.id)
    back = url(ROUTE, edition_slug=edition.slug, exhibitor=who.code)
    if form.value is None or form.value.booking not in {each.code for each in (own.hold, own.booking) if each}:
        return see_other(back, flash=_(OVER_ALREADY), kind="info")
    try:
        ended = await end_booking(form.value.booking)
    except (Conflict, NotFound) as refusal:
        return see_other(back, flash=str(refusal), kind="error")
    wake.soon()
    return see_other(back, flash=_({"left": LEFT, "cancelled": CANCELLED, "over": OVER_ALREADY}[ended]))


@post("/attendre", name="exhibitors:wait-for-booth", permission=Permission.SIGNED_IN)
async def wait(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str] | Redirect:
    """In line for a booth of the category."""
    who = await mine(request, edition, exhibitor)
    try:
        await join_line(who.id)
    except Conflict as refusal:
        return await booth_refused(request, edition, who, refusal, wanted="")
    return see_other(url(ROUTE, edition_slug=edition.slug, exhibitor=who.code), flash=_(IN_LINE))


@post("/ne-plus-attendre", name="exhibitors:stop-waiting", permission=Permission.SIGNED_IN)
async def stop_waiting(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Redirect:
    """Out of the line."""
    who = await mine(request, edition, exhibitor)
    await leave_line(who.id)
    return see_other(url(ROUTE, edition_slug=edition.slug, exhibitor=who.code), flash=_(OUT_OF_LINE))


router = Router(
    path="/{edition_slug:str}/mon-kiosque/{exhibitor:str}/kiosque",
    route_handlers=[choose, hold, leave, wait, stop_waiting],
    after_request=keep_private,
    include_in_schema=False,
)
