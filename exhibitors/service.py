"""How the exhibitors' fair plugs into the program."""

from pathlib import Path

from digital_days.kernel.i18n import N_
from digital_days.kernel.permissions import Permission
from digital_days.kernel.service import Service
from digital_days.kernel.web.navigation import MenuItem
from digital_days.kernel.web.organiser_menu import MenuPart
from exhibitors.domain.applications import RECEIVED
from exhibitors.domain.badges import TOPIC as BADGE
from exhibitors.domain.by_the_clock import sweep
from exhibitors.domain.checklist_reminders import TOPIC as CHECKLIST
from exhibitors.domain.decisions import DECISION
from exhibitors.domain.documents import REFUSED as DOCUMENT_REFUSED
from exhibitors.domain.invoice_reminders import REMINDER
from exhibitors.domain.invoice_writing import INVOICE
from exhibitors.domain.members import TOPIC as MEMBER
from exhibitors.domain.staff_forgetting import forget_staff
from exhibitors.domain.tidying import tidy
from exhibitors.jobs import copy_the_fair
from exhibitors.mails import applications as application_mails
from exhibitors.mails import booths as booth_mails
from exhibitors.mails import checklist, invoices
from exhibitors.mails import team as team_mails
from exhibitors.routes import (
    all_invoices,
    application,
    applications,
    arrival,
    arrivals,
    billing_settings,
    booth,
    booth_hold,
    call,
    categories,
    category_removal,
    directory,
    documents,
    extra_removal,
    extras,
    fair_settings,
    invoice_page,
    live_plan,
    logos,
    own_invoices,
    portal,
    profile,
    staff_badges,
    team,
)
from exhibitors.routes.keepsakes import KEEPSAKES
from scheduling.events import EditionCopied

SERVICE = Service(
    name="exhibitors",
    tables="exhibitors.piccolo_app",
    routers=[
        all_invoices.router,
        application.router,
        applications.router,
        arrival.router,
        arrivals.router,
        billing_settings.router,
        booth.router,
        booth_hold.router,
        call.router,
        categories.router,
        category_removal.router,
        directory.router,
        documents.router,
        extra_removal.router,
        extras.router,
        fair_settings.router,
        invoice_page.router,
        live_plan.follow,
        logos.router,
        own_invoices.router,
        portal.router,
        profile.router,
        staff_badges.router,
        team.router,
    ],
    templates=Path(__file__).parent / "templates",
    sql=Path(__file__).parent / "sql",
    subscriptions={EditionCopied: [copy_the_fair]},
    mails={
        RECEIVED: application_mails.received,
        DECISION: application_mails.decision,
        DOCUMENT_REFUSED: application_mails.document_refused,
        "exhibitors.booking": booth_mails.booking,
        "exhibitors.booking_over": booth_mails.booking_over,
        "exhibitors.offer": booth_mails.offer,
        "exhibitors.offer_over": booth_mails.offer_over,
        INVOICE: invoices.invoice,
        REMINDER: invoices.reminder,
        CHECKLIST: checklist.checklist,
        MEMBER: team_mails.member,
        BADGE: team_mails.badge,
    },
    sweep=sweep,
    tidy=tidy,
    forget=forget_staff,
    keepsakes=KEEPSAKES,
    organising=[
        MenuPart(
            words=N_("Salon"),
            pages=(
                ("exhibitors:applications", N_("Candidatures")),
                ("exhibitors:fair-settings", N_("Appel et dates")),
                ("exhibitors:categories", N_("Catégories")),
                ("exhibitors:extras", N_("Suppléments")),
                ("exhibitors:all-invoices", N_("Factures")),
                ("exhibitors:billing", N_("Facturation")),
                ("exhibitors:arrivals", N_("Arrivées")),
                ("site:need-terms", N_("Besoins et offres")),
            ),
        ),
    ],
    menu=[MenuItem(message=N_("Salon"), route="exhibitors:directory", permission=Permission.PUBLIC)],
)
