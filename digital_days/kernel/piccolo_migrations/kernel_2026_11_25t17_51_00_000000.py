"""What waits is looked through in the order in which it leaves; what a person has agreed to is found at once."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-25T17:51:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "messages leave by priority, consents are found by person"

STATEMENTS = (
    "DROP INDEX outbox_message_due",
    "CREATE INDEX outbox_message_due ON outbox_message (priority, due_at, id) WHERE state = 'queued'",
    "CREATE INDEX consent_person ON consent (person, edition)",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="kernel", description=DESCRIPTION)

    async def reorder() -> None:
        for statement in STATEMENTS:
            await fetch(statement)

    manager.add_raw(reorder)
    return manager
