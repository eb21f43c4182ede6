"""How the speed dating plugs into the program."""

from pathlib import Path

from digital_days.kernel.i18n import N_
from digital_days.kernel.service import Service
from digital_days.kernel.web.organiser_menu import MenuPart
from matchmaking.routes.outcome_registry import ROUTERS as OUTCOMES

SERVICE = Service(
    name="matchmaking",
    tables="matchmaking.piccolo_app",
    routers=OUTCOMES,
    templates=Path(__file__).parent / "templates",
    organising=[
        MenuPart(
            words=N_("Rencontres éclair"),
            pages=(("matchmaking:results", N_("Résultats")),),
        ),
    ],
)
