"""A group is a business's or a class's, and each of its people is in it once: what the generator cannot express."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-26T05:11:10:000000"
VERSION = "1.38.0"
DESCRIPTION = "constraints of groups"

STATEMENTS = (
    "ALTER TABLE group_registration ADD CONSTRAINT group_registration_kind CHECK (kind IN ('business', 'class'))",
    "ALTER TABLE group_member ADD CONSTRAINT group_member_once UNIQUE (group_registration, position)",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="scheduling", description=DESCRIPTION)

    async def constrain() -> None:
        for statement in STATEMENTS:
            await fetch(statement)

    manager.add_raw(constrain)
    return manager
