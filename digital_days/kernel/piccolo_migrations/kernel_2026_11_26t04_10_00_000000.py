"""What the generator cannot express: an edition has one draft, and a draft has none; templates have a name each."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-26T04:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "constraints of drafts"

STATEMENTS = (
    "ALTER TABLE edition ADD CONSTRAINT edition_draft_of_another CHECK (draft_of <> id)",
    "ALTER TABLE message_template ADD CONSTRAINT message_template_name_once UNIQUE (edition, name)",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="kernel", description=DESCRIPTION)

    async def constrain() -> None:
        for statement in STATEMENTS:
            await fetch(statement)

    manager.add_raw(constrain)
    return manager
