"""How the exhibitors' fair plugs into the program."""

from pathlib import Path

from digital_days.kernel.i18n import N_
from digital_days.kernel.permissions import Permission
from digital_days.kernel.service import Service
from digital_days.kernel.web.navigation import MenuItem
from digital_days.kernel.web.organiser_menu import MenuPart
from exhibitors.jobs import copy_the_fair
from exhibitors.routes import directory
from exhibitors.routes.keepsakes import KEEPSAKES
from scheduling.events import EditionCopied

SERVICE = Service(
    name="exhibitors",
    tables="exhibitors.piccolo_app",
    routers=[
        directory.router,
    ],
    templates=Path(__file__).parent / "templates",
    sql=Path(__file__).parent / "sql",
    subscriptions={EditionCopied: [copy_the_fair]},
    keepsakes=KEEPSAKES,
    organising=[
        MenuPart(words=N_("Salon"), pages=(("site:need-terms", N_("Besoins et offres")),)),
    ],
    menu=[MenuItem(message=N_("Salon"), route="exhibitors:directory", permission=Permission.PUBLIC)],
)
