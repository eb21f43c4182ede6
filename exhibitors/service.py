"""How the exhibitors' fair plugs into the program."""

from pathlib import Path

from digital_days.kernel.i18n import N_
from digital_days.kernel.permissions import Permission
from digital_days.kernel.service import Service
from digital_days.kernel.web.navigation import MenuItem
from digital_days.kernel.web.organiser_menu import MenuPart
from exhibitors.domain.by_the_clock import sweep
from exhibitors.domain.contact_links import afterwards
from exhibitors.domain.contact_mails import TOPIC as CONTACTS
from exhibitors.domain.lead_forgetting import forget_leads, forget_unshared_leads
from exhibitors.jobs import copy_the_fair
from exhibitors.mails import contacts as contact_mails
from exhibitors.routes import contacts, directory, leads, leads_file, pairing, scanned_lead, scanner, scanners
from exhibitors.routes.keepsakes import KEEPSAKES
from scheduling.events import EditionCopied

SERVICE = Service(
    name="exhibitors",
    tables="exhibitors.piccolo_app",
    routers=[
        directory.router,
        scanners.router,
        pairing.router,
        scanner.router,
        scanned_lead.router,
        leads.router,
        leads_file.router,
        contacts.router,
    ],
    templates=Path(__file__).parent / "templates",
    sql=Path(__file__).parent / "sql",
    subscriptions={EditionCopied: [copy_the_fair]},
    mails={CONTACTS: contact_mails.contacts},
    afterwards=afterwards,
    forget=forget_leads,
    tidy=forget_unshared_leads,
    sweep=sweep,
    keepsakes=KEEPSAKES,
    organising=[
        MenuPart(words=N_("Salon"), pages=(("site:need-terms", N_("Besoins et offres")),)),
    ],
    menu=[MenuItem(message=N_("Salon"), route="exhibitors:directory", permission=Permission.PUBLIC)],
)
