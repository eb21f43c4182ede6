"""The entries that a place has ended are found by that place."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-26T05:08:10:000000"
VERSION = "1.38.0"
DESCRIPTION = "waiting entries by what has ended them"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="scheduling", description=DESCRIPTION)

    async def index() -> None:
        await fetch("CREATE INDEX waiting_entry_because ON waiting_entry (because) WHERE because <> ''")

    manager.add_raw(index)
    return manager
