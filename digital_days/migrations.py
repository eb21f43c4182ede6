"""Brings the database to this version of the program: all of it, or nothing."""

import io
import logging
from contextlib import redirect_stdout

from piccolo.apps.migrations.commands.forwards import run_forwards

from digital_days.kernel.database import connect_to, fetch, transaction
from digital_days.kernel.settings import Settings
from digital_days.services import SERVICES

_ONE_AT_A_TIME = 7_215_001  # advisory lock: two machines may start at once
log = logging.getLogger(__name__)


async def migrate(settings: Settings) -> None:
    """Runs what has not run yet and refreshes the SQL functions, in one transaction; safe twice and at once."""
    if settings.database_url:
        connect_to(settings.database_url)
    said = io.StringIO()
    async with transaction():
        await fetch("SELECT pg_advisory_xact_lock($1)", _ONE_AT_A_TIME)
        with redirect_stdout(said):
            await run_forwards("all")
        for service in SERVICES:
            for file in sorted(service.sql.glob("*.sql")) if service.sql else ():
                await fetch(file.read_text(encoding="utf-8"))
    log.debug(said.getvalue())
