"""How the speed dating plugs into the program."""

from pathlib import Path

from digital_days.kernel.i18n import N_
from digital_days.kernel.permissions import Permission
from digital_days.kernel.service import Service
from digital_days.kernel.web.navigation import MenuItem
from digital_days.kernel.web.organiser_menu import MenuPart
from matchmaking.domain.agenda_items import agenda_items
from matchmaking.domain.colleagues import TOPIC as COLLEAGUE
from matchmaking.domain.forgetting import forget, tidy
from matchmaking.domain.inviting import TOPIC as INVITATION
from matchmaking.domain.meeting_titles import TITLES
from matchmaking.domain.outcome_invitations import TOPIC as OUTCOMES_ASKED
from matchmaking.domain.outcome_invitations import invite
from matchmaking.domain.roster_sheet import REMOVED
from matchmaking.domain.told import TOPIC as SCHEDULE
from matchmaking.jobs import copy_the_speed_dating, solve_one
from matchmaking.mails.colleagues import colleague, invited
from matchmaking.mails.outcomes import outcomes
from matchmaking.mails.removed import removed
from matchmaking.mails.schedules import schedule
from matchmaking.routes.day_registry import ROUTERS as DAY
from matchmaking.routes.desk_registry import ROUTERS as DESK
from matchmaking.routes.outcome_registry import ROUTERS as OUTCOMES
from matchmaking.routes.part_registry import ROUTERS as TAKING_PART
from matchmaking.routes.publish_registry import ROUTERS as GRID
from matchmaking.routes.roster_registry import ROUTERS as ROSTER
from scheduling.events import EditionCopied

SERVICE = Service(
    name="matchmaking",
    tables="matchmaking.piccolo_app",
    routers=[*TAKING_PART, *ROSTER, *DESK, *GRID, *DAY, *OUTCOMES],
    subscriptions={EditionCopied: [copy_the_speed_dating]},
    mails={COLLEAGUE: colleague, INVITATION: invited, OUTCOMES_ASKED: outcomes, REMOVED: removed, SCHEDULE: schedule},
    forget=forget,
    tidy=tidy,
    sweep=invite,
    templates=Path(__file__).parent / "templates",
    agenda=agenda_items,
    agenda_titles=TITLES,
    long_work=solve_one,
    menu=[
        MenuItem(
            message=N_("Mes rencontres"),
            route="matchmaking:own-meetings",
            permission=Permission.SIGNED_IN,
            personal=True,
        )
    ],
    organising=[
        MenuPart(
            words=N_("Rencontres éclair"),
            pages=(
                ("matchmaking:settings", N_("Réglages")),
                ("matchmaking:roster", N_("Qui participe")),
                ("matchmaking:exclusions", N_("À ne pas réunir")),
                ("matchmaking:verification", N_("Vérification")),
                ("matchmaking:scenarios", N_("Horaires")),
                ("matchmaking:day", N_("Jour")),
                ("matchmaking:paper", N_("À imprimer")),
                ("matchmaking:results", N_("Résultats")),
            ),
        ),
    ],
)
