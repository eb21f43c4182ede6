"""What the generator cannot express: the kinds of what happens to an application, of documents, and what they are."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-26T17:02:10:000000"
VERSION = "1.38.0"
DESCRIPTION = "what an application may become"

CHECKS = [
    ("application_event", "kind IN ('applied', 'changed', 'withdrawn', 'accepted', 'waiting', 'declined')"),
    ("application_event", "kind <> 'declined' OR reason <> ''"),
    ("exhibitor_document", "kind IN ('insurance', 'other')"),
    ("exhibitor_document", "state IN ('received', 'accepted', 'refused')"),
    ("decision_text", "decision IN ('accepted', 'waiting', 'declined')"),
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="exhibitors", description=DESCRIPTION)

    async def constrain() -> None:
        for table, condition in CHECKS:
            await fetch(f"ALTER TABLE {table} ADD CHECK ({condition})")

    manager.add_raw(constrain)
    return manager
