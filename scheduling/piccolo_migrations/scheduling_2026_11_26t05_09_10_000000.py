"""What the generator cannot express: one certificate a text, one answer a person and activity, no name beside it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-26T05:09:10:000000"
VERSION = "1.38.0"
DESCRIPTION = "constraints of certificates and feedback"

STATEMENTS = (
    "ALTER TABLE certificate ADD CONSTRAINT certificate_once_a_text UNIQUE (registration, fingerprint)",
    "ALTER TABLE feedback_given ADD CONSTRAINT feedback_given_once UNIQUE (registration, activity)",
    """
    ALTER TABLE feedback ADD CONSTRAINT feedback_counts CHECK (
        one >= 0 AND two >= 0 AND three >= 0 AND four >= 0 AND five >= 0
    )
    """,
    # A certificate says for good what was printed: its code stands on paper.
    """
    CREATE FUNCTION scheduling_certificates_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a certificate never changes' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE TRIGGER certificate_stays BEFORE UPDATE ON certificate
        FOR EACH ROW EXECUTE FUNCTION scheduling_certificates_stay()
    """,
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="scheduling", description=DESCRIPTION)

    async def constrain() -> None:
        for statement in STATEMENTS:
            await fetch(statement)

    manager.add_raw(constrain)
    return manager
