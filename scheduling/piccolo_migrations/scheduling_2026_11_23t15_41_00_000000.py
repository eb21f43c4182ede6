"""What the generator cannot express: keys over several columns, seats, allowed states."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-23T15:41:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "constraints of programme and places"

STATEMENTS = (
    "ALTER TABLE room ADD CONSTRAINT room_name_once UNIQUE (edition, name)",
    "ALTER TABLE label ADD CONSTRAINT label_once UNIQUE (edition, facet, slug)",
    "ALTER TABLE label ADD CONSTRAINT label_facet CHECK (facet IN ('kind', 'theme', 'audience'))",
    "ALTER TABLE speaker ADD CONSTRAINT speaker_source_once UNIQUE (edition, source_id)",
    "ALTER TABLE activity ADD CONSTRAINT activity_source_once UNIQUE (edition, source_id)",
    "ALTER TABLE activity_speaker ADD CONSTRAINT activity_speaker_once UNIQUE (activity, speaker)",
    "ALTER TABLE slot ADD CONSTRAINT slot_source_once UNIQUE (activity, source_id)",
    "ALTER TABLE slot ADD CONSTRAINT slot_lasts CHECK (starts_at < ends_at)",
    "ALTER TABLE slot ADD CONSTRAINT slot_state CHECK (state IN ('scheduled', 'cancelled'))",
    "ALTER TABLE slot ADD CONSTRAINT slot_never_oversold CHECK (taken >= 0 AND (seats IS NULL OR taken <= seats))",
    "ALTER TABLE slot SET (fillfactor = 60)",  # its counter is updated in place, without touching an index
    # Each place would lock its slot's row for a foreign key while others count seats in it: five times slower
    # for a workshop that everybody wants. Taking a seat proves that the slot exists; the trigger keeps it.
    "ALTER TABLE place DROP CONSTRAINT place_slot_fkey",
    """
    CREATE FUNCTION scheduling_keep_slot_with_places() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT FROM place WHERE slot = OLD.id) THEN
            RAISE EXCEPTION 'slot % has places', OLD.id USING ERRCODE = 'foreign_key_violation';
        END IF;
        RETURN OLD;
    END $$
    """,
    """
    CREATE TRIGGER slot_with_places_stays BEFORE DELETE ON slot
        FOR EACH ROW EXECUTE FUNCTION scheduling_keep_slot_with_places()
    """,
    "ALTER TABLE place ADD CONSTRAINT place_once UNIQUE (slot, person)",
    """
    ALTER TABLE place ADD CONSTRAINT place_state CHECK (
        state IN ('confirmed', 'cancelled', 'waiting', 'offered', 'refused')
        AND (state = 'refused') = (reason IN ('full', 'overlap'))
    )
    """,
    "ALTER TABLE attendance ADD CONSTRAINT attendance_once UNIQUE (slot, registration)",
    "ALTER TABLE attendance ADD CONSTRAINT attendance_state CHECK (state IN ('present', 'absent'))",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="scheduling", description=DESCRIPTION)

    async def constrain() -> None:
        for statement in STATEMENTS:
            await fetch(statement)

    manager.add_raw(constrain)
    return manager
