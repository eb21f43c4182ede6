"""What the generator cannot express: one agreement of each purpose at a time, and the words a row may hold."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-26T17:06:10:000000"
VERSION = "1.38.0"
DESCRIPTION = "what never may be of a lead"

STATEMENTS = (
    "DROP INDEX lead_consent_one",
    "CREATE UNIQUE INDEX lead_consent_one ON lead_consent (lead, purpose) WHERE withdrawn_at IS NULL",
    "ALTER TABLE lead_consent ADD CHECK (purpose IN ('share', 'support'))",
    "ALTER TABLE lead_consent ADD CHECK (how IN ('standing', 'exhibitor_phone', 'own_phone', 'link'))",
    "ALTER TABLE lead ADD CHECK (next_step IN ('', 'call', 'documents', 'meeting', 'support'))",
    "ALTER TABLE lead ADD CHECK (declined_at IS NOT NULL OR NOT never_ask)",
    "CREATE INDEX lead_scanned_at ON lead (scanned_at)",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="exhibitors", description=DESCRIPTION)

    async def constrain() -> None:
        for statement in STATEMENTS:
            await fetch(statement)

    manager.add_raw(constrain)
    return manager
