"""What the generator cannot express: a shift lasts."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-27T05:45:10:000000"
VERSION = "1.38.0"
DESCRIPTION = "what never may be of a shift"

STATEMENTS = ("ALTER TABLE booth_shift ADD CHECK (starts_at < ends_at)",)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="exhibitors", description=DESCRIPTION)

    async def constrain() -> None:
        for statement in STATEMENTS:
            await fetch(statement)

    manager.add_raw(constrain)
    return manager
