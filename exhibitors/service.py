"""How the exhibitors' fair plugs into the program."""

from pathlib import Path

from digital_days.kernel.i18n import N_
from digital_days.kernel.service import Service
from digital_days.kernel.web.organiser_menu import MenuPart
from exhibitors.domain.badges import TOPIC as BADGE
from exhibitors.domain.checklist_reminders import TOPIC as CHECKLIST
from exhibitors.domain.checklist_reminders import remind
from exhibitors.domain.members import TOPIC as MEMBER
from exhibitors.domain.staff_forgetting import forget_staff
from exhibitors.domain.tidying import tidy
from exhibitors.mails import checklist, team
from exhibitors.routes import arrival, arrivals, logos, portal, profile, staff_badges
from exhibitors.routes import team as team_pages

SERVICE = Service(
    name="exhibitors",
    tables="exhibitors.piccolo_app",
    routers=[
        arrival.router,
        arrivals.router,
        logos.router,
        portal.router,
        profile.router,
        staff_badges.router,
        team_pages.router,
    ],
    templates=Path(__file__).parent / "templates",
    mails={BADGE: team.badge, CHECKLIST: checklist.checklist, MEMBER: team.member},
    forget=forget_staff,
    tidy=tidy,
    sweep=remind,
    organising=[MenuPart(words=N_("Salon"), pages=(("exhibitors:arrivals", N_("Arrivées")),))],
    sql=Path(__file__).parent / "sql",
)
