"""How the speed dating plugs into the program."""

from pathlib import Path

from digital_days.kernel.i18n import N_
from digital_days.kernel.permissions import Permission
from digital_days.kernel.service import Service
from digital_days.kernel.web.navigation import MenuItem
from digital_days.kernel.web.organiser_menu import MenuPart
from matchmaking.domain.colleagues import TOPIC as COLLEAGUE
from matchmaking.mails.colleagues import colleague
from matchmaking.routes.day_registry import ROUTERS as DAY
from matchmaking.routes.outcome_registry import ROUTERS as OUTCOMES
from matchmaking.routes.part_registry import ROUTERS as TAKING_PART

SERVICE = Service(
    name="matchmaking",
    tables="matchmaking.piccolo_app",
    routers=[*TAKING_PART, *DAY, *OUTCOMES],
    mails={COLLEAGUE: colleague},
    templates=Path(__file__).parent / "templates",
    menu=[MenuItem(message=N_("Rencontres éclair"), route="matchmaking:speed-dating", permission=Permission.PUBLIC)],
    organising=[
        MenuPart(
            words=N_("Rencontres éclair"),
            pages=(
                ("matchmaking:settings", N_("Réglages")),
                ("matchmaking:day", N_("Jour")),
                ("matchmaking:results", N_("Résultats")),
            ),
        ),
    ],
)
