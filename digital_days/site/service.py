"""The shell's own pages, plugged in like a service."""

from pathlib import Path

from digital_days.kernel.i18n import N_
from digital_days.kernel.permissions import Permission
from digital_days.kernel.service import Service
from digital_days.kernel.web.navigation import MenuItem
from digital_days.site import (
    account,
    agenda,
    agreements,
    desk,
    desk_questions,
    desk_registration,
    desk_ticket,
    health,
    home,
    information,
    mailbox_page,
    mails,
    need_terms,
    organiser,
    programme_template,
    reminders,
    sign_in,
    styleguide,
    ticket,
)

SITE = Service(
    name="site",
    routers=[
        home.router,
        sign_in.router,
        account.router,
        agreements.router,
        reminders.router,
        agenda.router,
        ticket.router,
        desk.router,
        desk_questions.router,
        desk_registration.router,
        desk_ticket.router,
        organiser.router,
        need_terms.router,
        programme_template.programme_template,
        mailbox_page.router,
        styleguide.styleguide,
        information.router,
        health.router,
    ],
    templates=Path(__file__).parent / "templates",
    mails={"site.sign-in": mails.sign_in},
    menu=[
        MenuItem(message=N_("Mon agenda"), route="site:my-agenda", permission=Permission.SIGNED_IN),
        MenuItem(message=N_("Accueil sur place"), route="site:desk", permission=Permission.DESK),
        MenuItem(message=N_("Organisation"), route="site:organiser", permission=Permission.ORGANISE),
        MenuItem(
            message=N_("Mon compte"),
            route="site:account",
            permission=Permission.SIGNED_IN,
            in_edition=False,
            personal=True,
        ),
        MenuItem(
            message=N_("Connexion"),
            route="site:sign-in",
            permission=Permission.PUBLIC,
            in_edition=False,
            signed_out_only=True,
        ),
    ],
)
