"""An option on a booth: its clock, what may be rented beside it, the amounts, and the button that books it."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel import clock, wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Refusal
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from exhibitors.domain.bookings import Booked, booths_of
from exhibitors.domain.booth_extras import BoothExtra, extras_for
from exhibitors.domain.booth_refusals import ExtraGone, HoldOver, OfferChanged
from exhibitors.domain.categories import category_called
from exhibitors.domain.competitors import competitors_beside
from exhibitors.domain.confirming import confirm_booking
from exhibitors.domain.exhibitors import Exhibitor
from exhibitors.engine.taxes import taxed
from exhibitors.routes.booth import mine
from exhibitors.routes.booth_page import ROUTE
from exhibitors.routes.booth_refused import booth_refused
from exhibitors.routes.booth_rows import metres
from exhibitors.routes.hold_form import HoldForm, field_of, read_hold_form
from exhibitors.routes.portal_menu import portal_menu

BOOKED = N_("Votre kiosque est réservé. Un courriel le confirme, avec les dates pour votre calendrier.")


@get("/", name="exhibitors:booth-hold", permission=Permission.SIGNED_IN)
async def look(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str]:
    """The option of this moment; the address may ask for quantities, to see what they cost. Without one, a refusal."""
    who = await mine(request, edition, exhibitor)
    own = await booths_of(who.id)
    if own.hold is None:
        wanted = own.last.booth if own.last else ""
        return await booth_refused(request, edition, who, HoldOver(), wanted=wanted, status=200)
    extras = await extras_for(edition.id, who.id)
    return await _hold_page(request, edition, who, own.hold, extras, read_hold_form(request.query_params, extras))


@post("/confirmer", name="exhibitors:confirm-booth", permission=Permission.SIGNED_IN)
async def confirm(
    request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]
) -> Response[str] | Redirect:
    """The option becomes a booking; else what was typed stays, with what stands in the way."""
    who = await mine(request, edition, exhibitor)
    sent = {name: str(value) for name, value in (await request.form()).items()}
    extras = await extras_for(edition.id, who.id)
    form = read_hold_form(sent, extras, agrees=True)
    own = await booths_of(who.id)
    if form.errors and own.hold:
        return await _hold_page(request, edition, who, own.hold, extras, form, status=422)
    try:
        await confirm_booking(who.id, sent.get("hold", ""), form.quantities, form.read)
    except (ExtraGone, OfferChanged) as refusal:
        now = await booths_of(who.id)
        fresh = await extras_for(edition.id, who.id)
        if now.hold:
            return await _hold_page(request, edition, who, now.hold, fresh, form, refusal=refusal, status=409)
        raise
    except Refusal as refusal:
        wanted = own.last.booth if own.last else ""
        return await booth_refused(request, edition, who, refusal, wanted=wanted)
    wake.soon()
    return see_other(url(ROUTE, edition_slug=edition.slug, exhibitor=who.code), flash=_(BOOKED))


async def _hold_page(
    request: PageRequest,
    edition: Edition,
    exhibitor: Exhibitor,
    hold: Booked,
    extras: list[BoothExtra],
    form: HoldForm,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response[str]:
    category = await category_called(edition.id, exhibitor.category_code)
    lines = [(each, form.quantities.get(each.code, 0)) for each in extras]
    amounts = taxed(hold.price_cents + sum(each.price_cents * quantity for each, quantity in lines))
    left = hold.held_until - clock.now() if hold.held_until else None
    return page(
        request,
        "exhibitors/booth_hold.html",
        edition=edition,
        status_code=status,
        portal_menu=portal_menu(edition, exhibitor, ROUTE),
        exhibitor=exhibitor,
        hold=hold,
        seconds_left=max(0, int(left.total_seconds())) if left else 0,
        size=f"{metres(hold.width)} × {metres(hold.depth)}",
        category=category,
        competitors=await competitors_beside(exhibitor.id, hold.booth),
        lines=[(each, field_of(each), form.typed.get(each.code, "0")) for each in extras],
        rented=[(each, quantity) for each, quantity in lines if quantity],
        amounts=amounts,
        errors=form.errors,
        labels={field_of(each): each.name for each in extras},
        refusal=str(refusal) if refusal else "",
    )


router = Router(
    path="/{edition_slug:str}/mon-kiosque/{exhibitor:str}/kiosque/option",
    route_handlers=[look, confirm],
    after_request=keep_private,
    include_in_schema=False,
)
