"""What the generator cannot express: releases that never change, and that need nothing twice at once."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-26T04:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "constraints of drafts and releases"

STATEMENTS = (
    "ALTER TABLE opening_hours ADD CONSTRAINT opening_hours_once UNIQUE (edition, day)",
    "ALTER TABLE opening_hours ADD CONSTRAINT opening_hours_last CHECK (opens_at < closes_at)",
    "ALTER TABLE availability ADD CONSTRAINT availability_lasts CHECK (starts_at < ends_at)",
    "ALTER TABLE favourite ADD CONSTRAINT favourite_once UNIQUE (person, activity)",
    "ALTER TABLE activity ADD CONSTRAINT activity_minutes CHECK (minutes BETWEEN 5 AND 1440)",
    "ALTER TABLE release ADD CONSTRAINT release_numbered UNIQUE (edition, number)",
    "ALTER TABLE release_claim ADD CONSTRAINT release_claim_kind CHECK (kind IN ('room', 'speaker'))",
    # Without btree_gist: a range of one number overlaps only itself.
    """
    ALTER TABLE release_claim ADD CONSTRAINT release_room_once_at_a_time EXCLUDE USING gist (
        int4range(release, release, '[]') WITH &&, int4range(thing, thing, '[]') WITH &&,
        tstzrange(starts_at, ends_at) WITH &&
    ) WHERE (kind = 'room')
    """,
    """
    ALTER TABLE release_claim ADD CONSTRAINT release_speaker_once_at_a_time EXCLUDE USING gist (
        int4range(release, release, '[]') WITH &&, int4range(thing, thing, '[]') WITH &&,
        tstzrange(starts_at, ends_at) WITH &&
    ) WHERE (kind = 'speaker')
    """,
    """
    CREATE FUNCTION scheduling_releases_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a release never changes' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE TRIGGER release_stays BEFORE DELETE OR UPDATE OF edition, number, name, override, document, created_at
        ON release FOR EACH ROW EXECUTE FUNCTION scheduling_releases_stay()
    """,
    """
    CREATE TRIGGER release_claim_stays BEFORE DELETE OR UPDATE
        ON release_claim FOR EACH ROW EXECUTE FUNCTION scheduling_releases_stay()
    """,
    # Two places that overlap since a release: their person is asked which to keep, and has both until then.
    "ALTER TABLE place DROP CONSTRAINT place_state",
    """
    ALTER TABLE place ADD CONSTRAINT place_state CHECK (
        state IN ('confirmed', 'cancelled', 'waiting', 'offered', 'refused')
        AND (state = 'refused') = (reason IN ('full', 'overlap'))
        AND (reason <> 'choose' OR state = 'confirmed')
    )
    """,
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="scheduling", description=DESCRIPTION)

    async def constrain() -> None:
        for statement in STATEMENTS:
            await fetch(statement)

    manager.add_raw(constrain)
    return manager
