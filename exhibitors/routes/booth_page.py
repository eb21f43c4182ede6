"""The page on which an exhibitor chooses its booth, in all its states."""

from litestar import Response

from digital_days.kernel import clock
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.urls import url
from exhibitors.domain.bookings import OwnBooths, booths_of
from exhibitors.domain.booth_waiting import place_in_line
from exhibitors.domain.exhibitors import Exhibitor
from exhibitors.domain.fairs import Fair, fair_of
from exhibitors.domain.floor_plan import plan_of
from exhibitors.domain.standings import occupants_of
from exhibitors.engine.taxes import taxed
from exhibitors.routes.booth_rows import ORDERS, STATES, areas_of, filter_of, marks_of, ordered, rows_of
from exhibitors.routes.plan_marks import plan_background
from exhibitors.routes.portal_menu import portal_menu

ROUTE = "exhibitors:booth"


async def booth_page(request: PageRequest, edition: Edition, exhibitor: Exhibitor) -> Response[str]:
    """The same booths on the plan and in the table; as many statements for many as for few."""
    fair, own = await fair_of(edition.id), await booths_of(exhibitor.id)
    plan, occupants = await plan_of(edition.id), await occupants_of(edition.id)
    rows = rows_of(exhibitor, plan, occupants)
    shown = filter_of(request.query_params)
    here = url(ROUTE, edition_slug=edition.slug, exhibitor=exhibitor.code)
    return page(
        request,
        "exhibitors/booth.html",
        edition=edition,
        portal_menu=portal_menu(edition, exhibitor, ROUTE),
        exhibitor=exhibitor,
        fair=fair,
        own=own,
        amounts=taxed(own.booking.subtotal_cents) if own.booking else None,
        chooses=_chooses(exhibitor, fair, own),
        closed=fair.booking_closes_at is not None and fair.booking_closes_at <= clock.now(),
        in_line=await place_in_line(edition.id, exhibitor.id),
        is_full=all(row.state != "free" for row in rows),
        plan=plan,
        background=plan_background(plan, edition),
        marks=marks_of(rows, shown),
        rows=ordered([row for row in rows if shown.admits(row)], shown.order),
        shown=shown,
        areas=areas_of(plan),
        orders=[(_(words), here + shown.query(order), order == shown.order) for order, words in ORDERS.items()],
        states={state: _(words) for state, words in STATES.items()},
        here=here,
    )


def _chooses(exhibitor: Exhibitor, fair: Fair, own: OwnBooths) -> bool:
    """Whether there is a booth to choose now, the first or another one."""
    return exhibitor.state == "accepted" and (fair.lets_move if own.booking else fair.takes_bookings)
