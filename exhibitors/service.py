"""How the exhibitors' fair plugs into the program."""

from pathlib import Path

from digital_days.kernel.i18n import N_
from digital_days.kernel.service import Service
from digital_days.kernel.web.organiser_menu import MenuPart
from exhibitors.domain.by_the_clock import sweep
from exhibitors.mails import booths as booth_mails
from exhibitors.routes import booth, booth_hold, booths, live_plan

SERVICE = Service(
    name="exhibitors",
    tables="exhibitors.piccolo_app",
    routers=[
        booth.router,
        booth_hold.router,
        booths.router,
        live_plan.follow,
    ],
    templates=Path(__file__).parent / "templates",
    mails={
        "exhibitors.booking": booth_mails.booking,
        "exhibitors.booking_over": booth_mails.booking_over,
        "exhibitors.offer": booth_mails.offer,
        "exhibitors.offer_over": booth_mails.offer_over,
    },
    sweep=sweep,
    organising=[MenuPart(words=N_("Salon"), pages=(("exhibitors:booths", N_("Kiosques")),))],
    sql=Path(__file__).parent / "sql",
)
