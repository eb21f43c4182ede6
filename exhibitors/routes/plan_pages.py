"""What the organisers' pages of the plan share: where they are, and the way between them."""

from typing import Any

from litestar import Response
from litestar.response import Redirect

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url

ROUTE = "exhibitors:plan-editor"
TABLE = "exhibitors:plan-table"
PATH = "/{edition_slug:str}/organisation/salon/plan"
_TABS = ((ROUTE, N_("Dessin")), (TABLE, N_("Tableau")), ("exhibitors:plan-hall", N_("Salle")))


def plan_page(
    request: PageRequest, template: str, edition: Edition, tab: str = TABLE, *, status: int = 200, **context: Any
) -> Response[str]:
    """With the organisers' menu and the tabs of the plan; ``back`` is the address of the tab."""
    tabs = [{"label": _(words), "url": _address(edition, name), "current": name == tab} for name, words in _TABS]
    return page(
        request,
        f"exhibitors/{template}.html",
        edition=edition,
        status_code=status,
        organiser_menu=organiser_menu(edition, ROUTE),
        plan_tabs=tabs,
        back=_address(edition, tab),
        **context,
    )


def to_table(edition: Edition, flash: str, *notes: str, kind: str = "success") -> Redirect:
    """After a form of the twin."""
    return see_other(_address(edition, TABLE), flash=" ".join([flash, *notes]), kind=kind)


def _address(edition: Edition, route: str) -> str:
    return url(route, edition_slug=edition.slug)
