"""The organisers' page of the whole fair: the plan with its states, what is still open, how full, how much."""

from collections.abc import Sequence

from litestar import Response, get
from msgspec import Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _, format_date
from digital_days.kernel.money import format_money
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.urls import url
from exhibitors.domain.exhibitors import STATES
from exhibitors.domain.fair_overview import (
    DayOfMoney,
    Standing,
    applications_by_state,
    money_by_day,
    occupancy,
    standings,
)
from exhibitors.domain.floor_plan import plan_of
from exhibitors.engine.plots import axis_to, step_line
from exhibitors.routes.plan_marks import organiser_marks, plan_background

ROUTE = "exhibitors:overview"
WIDTH, HEIGHT = 720, 220


class MoneyPlot(Struct, frozen=True, kw_only=True):
    """Two lines in steps over the days, with the words of both axes."""

    billed: str
    paid: str
    ticks: Sequence[tuple[float, str]]
    first: str
    last: str


@get("/{edition_slug:str}/organisation/salon", name=ROUTE, permission=Permission.ORGANISE)
async def overview(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Everything at a glance; each list leads to where it is settled."""
    plan, standing, money = await plan_of(edition.id), await standings(edition.id), await money_by_day(edition.id)
    states = await applications_by_state(edition.id)
    return page(
        request,
        "exhibitors/overview.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, ROUTE),
        plan=plan,
        marks=await organiser_marks(plan, edition),
        background=plan_background(plan, edition),
        states=[(_(words), states.get(state, 0)) for state, words in STATES.items()],
        occupancy=await occupancy(edition.id),
        open_points=_open_points(standing, edition),
        money=money,
        plot=_money_plot(money),
        width=WIDTH,
        height=HEIGHT,
    )


def _open_points(standing: Sequence[Standing], edition: Edition) -> list[dict[str, object]]:
    """What is still open, by what it is: who, and where it is settled."""
    lists = (
        (_("N’ont pas choisi de kiosque"), "exhibitors:booths", [each for each in standing if not each.booth]),
        (_("N’ont pas envoyé d’assurance"), "exhibitors:applications", [s for s in standing if s.misses_insurance]),
        (_("N’ont pas tout payé"), "exhibitors:all-invoices", [each for each in standing if each.owed_cents > 0]),
        (_("N’ont pas publié leur fiche"), "exhibitors:applications", [each for each in standing if not each.listed]),
    )
    return [
        {"title": title, "url": url(route, edition_slug=edition.slug), "exhibitors": exhibitors}
        for title, route, exhibitors in lists
    ]


def _money_plot(money: Sequence[DayOfMoney]) -> MoneyPlot | None:
    if not money:
        return None
    first, last = money[0].day, money[-1].day
    span = max(1, (last - first).days)
    axis = axis_to(max(1, *(max(day.billed_cents, day.paid_cents) for day in money)))

    def line(values: Sequence[int]) -> str:
        points = [((day.day - first).days / span, value / axis.top) for day, value in zip(money, values, strict=True)]
        return step_line(points if len(points) > 1 else [*points, (1.0, points[0][1])], width=WIDTH, height=HEIGHT)

    return MoneyPlot(
        billed=line([day.billed_cents for day in money]),
        paid=line([day.paid_cents for day in money]),
        ticks=[((1 - tick / axis.top) * HEIGHT, format_money(tick)) for tick in axis.ticks],
        first=format_date(first),
        last=format_date(last),
    )
