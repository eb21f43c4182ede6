"""What the generator cannot express: boxes that keep agendas apart, and the order in which messages leave."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-25T18:41:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "agenda entries as boxes, messages by priority, consents by person"

STATEMENTS = (
    "ALTER TABLE agenda_entry DROP CONSTRAINT agenda_entry_nobody_twice",
    # A flat box at the height of the person's number. Boxes that touch count as overlapping: each ends a
    # millisecond early, so that one may leave a room at 10 o'clock and be expected in the next at 10 o'clock.
    """
    ALTER TABLE agenda_entry ADD CONSTRAINT agenda_entry_nobody_twice EXCLUDE USING gist (
        box(
            point(person, extract(epoch FROM starts_at - timestamptz '2000-01-01 00:00+00')),
            point(person, extract(epoch FROM ends_at - timestamptz '2000-01-01 00:00+00') - 0.001)
        ) WITH &&
    )
    """,
    "DROP INDEX outbox_message_due",
    "CREATE INDEX outbox_message_due ON outbox_message (priority, due_at, id) WHERE state = 'queued'",
    "CREATE INDEX consent_person ON consent (person, edition)",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="kernel", description=DESCRIPTION)

    async def constrain() -> None:
        for statement in STATEMENTS:
            await fetch(statement)

    manager.add_raw(constrain)
    return manager
