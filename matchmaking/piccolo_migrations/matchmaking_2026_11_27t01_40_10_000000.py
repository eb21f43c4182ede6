"""No meeting is planned without a table; what already was is left as it is."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-27T01:40:10:000000"
VERSION = "1.38.0"
DESCRIPTION = "every planned meeting has a table"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="matchmaking", description=DESCRIPTION)

    async def constrain() -> None:
        await fetch(
            "ALTER TABLE meeting ADD CONSTRAINT meeting_at_a_table "
            "CHECK (table_number > 0 OR state <> 'planned') NOT VALID"
        )

    manager.add_raw(constrain)
    return manager
