"""How the exhibitors' fair plugs into the program."""

from pathlib import Path

from digital_days.kernel.i18n import N_
from digital_days.kernel.permissions import Permission
from digital_days.kernel.service import Service
from digital_days.kernel.web.navigation import MenuItem
from digital_days.kernel.web.organiser_menu import MenuPart
from exhibitors.domain.invoice_reminders import REMINDER, remind
from exhibitors.domain.invoice_writing import INVOICE
from exhibitors.mails import invoices
from exhibitors.routes import all_invoices, billing_settings, directory, invoice_page, own_invoices
from exhibitors.routes.keepsakes import KEEPSAKES

SERVICE = Service(
    name="exhibitors",
    tables="exhibitors.piccolo_app",
    routers=[
        directory.router,
        all_invoices.router,
        billing_settings.router,
        invoice_page.router,
        own_invoices.router,
    ],
    templates=Path(__file__).parent / "templates",
    sql=Path(__file__).parent / "sql",
    mails={
        INVOICE: invoices.invoice,
        REMINDER: invoices.reminder,
    },
    sweep=remind,
    keepsakes=KEEPSAKES,
    organising=[
        MenuPart(
            words=N_("Salon"),
            pages=(
                ("site:need-terms", N_("Besoins et offres")),
                ("exhibitors:all-invoices", N_("Factures")),
                ("exhibitors:billing", N_("Facturation")),
            ),
        ),
    ],
    menu=[MenuItem(message=N_("Salon"), route="exhibitors:directory", permission=Permission.PUBLIC)],
)
