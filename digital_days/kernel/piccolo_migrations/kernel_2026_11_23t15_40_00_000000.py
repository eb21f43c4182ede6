"""What the generator cannot express: keys over several columns, exclusion, partial indexes, allowed states."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-23T15:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "constraints of the kernel"

STATEMENTS = (
    "ALTER TABLE edition ADD CONSTRAINT edition_dates CHECK (starts_on <= ends_on)",
    # Every registration would lock the one row of its edition, three times; an edition in use stays by a trigger.
    "ALTER TABLE registration DROP CONSTRAINT registration_edition_fkey",
    "ALTER TABLE consent DROP CONSTRAINT consent_edition_fkey",
    "ALTER TABLE outbox_message DROP CONSTRAINT outbox_message_edition_fkey",
    """
    CREATE FUNCTION kernel_keep_edition_in_use() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT FROM registration WHERE edition = OLD.id)
            OR EXISTS (SELECT FROM consent WHERE edition = OLD.id)
            OR EXISTS (SELECT FROM outbox_message WHERE edition = OLD.id)
        THEN
            RAISE EXCEPTION 'edition % is in use', OLD.id USING ERRCODE = 'foreign_key_violation';
        END IF;
        RETURN OLD;
    END $$
    """,
    """
    CREATE TRIGGER edition_in_use_stays BEFORE DELETE ON edition
        FOR EACH ROW EXECUTE FUNCTION kernel_keep_edition_in_use()
    """,
    "ALTER TABLE registration ADD CONSTRAINT registration_once UNIQUE (person, edition)",
    "ALTER TABLE registration ADD CONSTRAINT registration_state CHECK (state IN ('active', 'cancelled'))",
    "ALTER TABLE role_grant ADD CONSTRAINT role_grant_once UNIQUE NULLS NOT DISTINCT (person, edition, role)",
    "ALTER TABLE role_grant ADD CONSTRAINT role_grant_scope CHECK ((role = 'administrator') = (edition IS NULL))",
    "ALTER TABLE check_in ADD CONSTRAINT check_in_once_a_day UNIQUE (registration, day)",
    "ALTER TABLE agenda_entry ADD CONSTRAINT agenda_entry_source UNIQUE (source, source_code)",
    "ALTER TABLE agenda_entry ADD CONSTRAINT agenda_entry_lasts CHECK (starts_at < ends_at)",
    # without btree_gist: a range of one person's id overlaps only itself
    """
    ALTER TABLE agenda_entry ADD CONSTRAINT agenda_entry_nobody_twice EXCLUDE USING gist
        (int4range(person, person, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&)
    """,
    """
    ALTER TABLE outbox_message ADD CONSTRAINT outbox_message_state
        CHECK (state IN ('queued', 'claimed', 'sending', 'done', 'failed'))
    """,
    "CREATE INDEX outbox_message_due ON outbox_message (due_at, id) WHERE state = 'queued'",
    "CREATE INDEX outbox_message_leased ON outbox_message (lease_until) WHERE state IN ('claimed', 'sending')",
    "CREATE INDEX outbox_message_recent ON outbox_message (edition, id DESC)",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="kernel", description=DESCRIPTION)

    async def constrain() -> None:
        for statement in STATEMENTS:
            await fetch(statement)

    manager.add_raw(constrain)
    return manager
