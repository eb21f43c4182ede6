"""A need of the taxonomy has one name in the addresses of an edition: what the generator cannot express."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-26T17:00:10:000000"
VERSION = "1.38.0"
DESCRIPTION = "constraints of the taxonomy of needs"

STATEMENTS = ("ALTER TABLE need_term ADD CONSTRAINT need_term_slug_once UNIQUE (edition, slug)",)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="kernel", description=DESCRIPTION)

    async def constrain() -> None:
        for statement in STATEMENTS:
            await fetch(statement)

    manager.add_raw(constrain)
    return manager
