"""The shell's own pages, plugged in like a service."""

from pathlib import Path

from digital_days.kernel.i18n import N_
from digital_days.kernel.permissions import Permission
from digital_days.kernel.service import Service
from digital_days.kernel.web.navigation import MenuItem
from digital_days.site import account, agenda, health, home, information, mails, sign_in, ticket

SITE = Service(
    name="site",
    routers=[
        home.router,
        sign_in.router,
        account.router,
        agenda.router,
        ticket.router,
        information.router,
        health.router,
    ],
    templates=Path(__file__).parent / "templates",
    mails={"site.sign-in": mails.sign_in},
    menu=[
        MenuItem(message=N_("Mon agenda"), route="site:my-agenda", permission=Permission.SIGNED_IN),
        MenuItem(message=N_("Mon compte"), route="site:account", permission=Permission.SIGNED_IN, in_edition=False),
        MenuItem(
            message=N_("Connexion"),
            route="site:sign-in",
            permission=Permission.PUBLIC,
            in_edition=False,
            signed_out_only=True,
        ),
    ],
)
