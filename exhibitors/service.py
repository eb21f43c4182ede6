"""How the exhibitors' fair plugs into the program."""

from pathlib import Path

from digital_days.kernel.i18n import N_
from digital_days.kernel.permissions import Permission
from digital_days.kernel.service import Service
from digital_days.kernel.web.navigation import MenuItem
from digital_days.kernel.web.organiser_menu import MenuPart
from exhibitors.domain.by_the_clock import sweep
from exhibitors.domain.contact_links import afterwards
from exhibitors.domain.dashboard import attention
from exhibitors.domain.forgetting import forget
from exhibitors.domain.shift_agenda import agenda_items, titles_of_shifts
from exhibitors.domain.shift_ending import SOURCE
from exhibitors.domain.tidying import tidy
from exhibitors.jobs import copy_the_fair
from exhibitors.mails.registry import MAILS
from exhibitors.routes.keepsakes import KEEPSAKES
from exhibitors.routes.registry import ROUTERS
from scheduling.events import EditionCopied

SERVICE = Service(
    name="exhibitors",
    tables="exhibitors.piccolo_app",
    routers=ROUTERS,
    templates=Path(__file__).parent / "templates",
    sql=Path(__file__).parent / "sql",
    subscriptions={EditionCopied: [copy_the_fair]},
    mails=MAILS,
    agenda=agenda_items,
    agenda_titles={SOURCE: titles_of_shifts},
    afterwards=afterwards,
    attention=attention,
    sweep=sweep,
    tidy=tidy,
    forget=forget,
    keepsakes=KEEPSAKES,
    organising=[
        MenuPart(
            words=N_("Salon"),
            pages=(
                ("exhibitors:overview", N_("Vue d’ensemble")),
                ("exhibitors:fair-settings", N_("Appel")),
                ("exhibitors:categories", N_("Catégories")),
                ("exhibitors:extras", N_("Suppléments")),
                ("exhibitors:applications", N_("Candidatures")),
                ("exhibitors:plan-editor", N_("Plan")),
                ("exhibitors:booths", N_("Kiosques")),
                ("exhibitors:all-invoices", N_("Factures")),
                ("exhibitors:arrivals", N_("Arrivées")),
                ("site:need-terms", N_("Besoins et offres")),
            ),
        ),
    ],
    menu=[MenuItem(message=N_("Salon"), route="exhibitors:directory", permission=Permission.PUBLIC)],
)
