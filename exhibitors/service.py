"""How the exhibitors' fair plugs into the program."""

from pathlib import Path

from digital_days.kernel.service import Service

SERVICE = Service(
    name="exhibitors",
    tables="exhibitors.piccolo_app",
    templates=Path(__file__).parent / "templates",
    sql=Path(__file__).parent / "sql",
)
