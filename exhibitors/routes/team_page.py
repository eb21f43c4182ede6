"""The page of an exhibitor's people: who acts for it, who has a badge, who is at the booth when."""

from datetime import timedelta
from typing import Any

from litestar import Response

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import format_day
from digital_days.kernel.web.forms import Form
from digital_days.kernel.web.pages import PageRequest, page
from exhibitors.domain import badges
from exhibitors.domain.exhibitors import Exhibitor
from exhibitors.domain.members import members_of
from exhibitors.domain.shifts import Shift, shifts_of
from exhibitors.domain.staff import staff_of
from exhibitors.routes.portal_menu import portal_menu

ROUTE = "exhibitors:team"


async def team_page(
    request: PageRequest, edition: Edition, own: Exhibitor, form: Form[Any] | None = None
) -> Response[str]:
    """With a form, what was typed into it and what is wrong with that."""
    shifts: dict[str, list[Shift]] = {}
    for shift in await shifts_of(own.id):
        shifts.setdefault(format_day(shift.starts_at), []).append(shift)
    return page(
        request,
        "exhibitors/team.html",
        edition=edition,
        status_code=422 if form else 200,
        exhibitor=own,
        members=await members_of(own.id),
        badges=await badges.badges_of(own.id),
        most=badges.MOST,
        shifts=shifts,
        people=[(each.key, each.name) for each in await staff_of(own.id)],
        days=_days(edition),
        typed=form.typed if form else {},
        errors=form.errors if form else {},
        portal_menu=portal_menu(edition, own, ROUTE),
    )


def _days(edition: Edition) -> list[tuple[str, str]]:
    days = (
        edition.starts_on + timedelta(days=number) for number in range((edition.ends_on - edition.starts_on).days + 1)
    )
    return [(day.isoformat(), format_day(day)) for day in days]
