"""How the exhibitors' fair plugs into the program."""

from pathlib import Path

from digital_days.kernel.i18n import N_
from digital_days.kernel.permissions import Permission
from digital_days.kernel.service import Service
from digital_days.kernel.web.navigation import MenuItem
from digital_days.kernel.web.organiser_menu import MenuPart
from exhibitors.domain.applications import RECEIVED
from exhibitors.domain.decisions import DECISION
from exhibitors.domain.documents import REFUSED as DOCUMENT_REFUSED
from exhibitors.domain.documents import forget_files
from exhibitors.jobs import copy_the_fair
from exhibitors.mails import applications as application_mails
from exhibitors.routes import application, applications, call, directory, documents
from exhibitors.routes.keepsakes import KEEPSAKES
from scheduling.events import EditionCopied

SERVICE = Service(
    name="exhibitors",
    tables="exhibitors.piccolo_app",
    routers=[
        application.router,
        applications.router,
        call.router,
        directory.router,
        documents.router,
    ],
    templates=Path(__file__).parent / "templates",
    sql=Path(__file__).parent / "sql",
    mails={
        RECEIVED: application_mails.received,
        DECISION: application_mails.decision,
        DOCUMENT_REFUSED: application_mails.document_refused,
    },
    tidy=forget_files,
    subscriptions={EditionCopied: [copy_the_fair]},
    keepsakes=KEEPSAKES,
    organising=[
        MenuPart(
            words=N_("Salon"),
            pages=(
                ("exhibitors:applications", N_("Candidatures")),
                ("site:need-terms", N_("Besoins et offres")),
            ),
        ),
    ],
    menu=[MenuItem(message=N_("Salon"), route="exhibitors:directory", permission=Permission.PUBLIC)],
)
