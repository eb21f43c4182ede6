"""How the exhibitors' fair plugs into the program."""

from pathlib import Path

from digital_days.kernel.i18n import N_
from digital_days.kernel.permissions import Permission
from digital_days.kernel.service import Service
from digital_days.kernel.web.navigation import MenuItem
from digital_days.kernel.web.organiser_menu import MenuPart
from exhibitors.domain.tidying import tidy
from exhibitors.jobs import copy_the_fair
from exhibitors.routes import (
    directory,
    plan_backgrounds,
    plan_booths,
    plan_editor,
    plan_hall,
    plan_live,
    plan_rows,
    plan_shapes,
    plan_table,
)
from exhibitors.routes.keepsakes import KEEPSAKES
from scheduling.events import EditionCopied

SERVICE = Service(
    name="exhibitors",
    tables="exhibitors.piccolo_app",
    routers=[
        directory.router,
        plan_backgrounds.router,
        plan_booths.router,
        plan_editor.router,
        plan_hall.router,
        plan_live.router,
        plan_rows.router,
        plan_shapes.router,
        plan_table.router,
    ],
    templates=Path(__file__).parent / "templates",
    sql=Path(__file__).parent / "sql",
    subscriptions={EditionCopied: [copy_the_fair]},
    keepsakes=KEEPSAKES,
    tidy=tidy,
    organising=[
        MenuPart(
            words=N_("Salon"),
            pages=(
                ("exhibitors:plan-editor", N_("Plan")),
                ("site:need-terms", N_("Besoins et offres")),
            ),
        ),
    ],
    menu=[MenuItem(message=N_("Salon"), route="exhibitors:directory", permission=Permission.PUBLIC)],
)
