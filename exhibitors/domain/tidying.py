"""What the fair keeps and nobody needs any more."""

from datetime import datetime, timedelta

from digital_days.kernel import database, files
from exhibitors.domain.plan_pictures import forget_plan_pictures

_FORMING = timedelta(days=1)  # a file is written before the row that names it


async def tidy(now: datetime) -> None:
    """Pictures of halls that no plan has, and files that no row names."""
    await forget_plan_pictures(now)
    kept = await files.names_kept_before(now - _FORMING)
    rows = await database.fetch("SELECT file FROM plan_picture UNION SELECT file FROM exhibitor_document")
    for name in kept - {row["file"] for row in rows}:
        await files.drop(name)
