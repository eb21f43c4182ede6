"""How the exhibitors' fair plugs into the program."""

from pathlib import Path

from digital_days.kernel.service import Service
from exhibitors.domain.by_the_clock import sweep
from exhibitors.mails import booths as booth_mails
from exhibitors.routes import booth, booth_hold, live_plan

SERVICE = Service(
    name="exhibitors",
    tables="exhibitors.piccolo_app",
    routers=[
        booth.router,
        booth_hold.router,
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
    sql=Path(__file__).parent / "sql",
)
