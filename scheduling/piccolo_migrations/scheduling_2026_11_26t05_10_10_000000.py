"""What the generator cannot express: one word of one's own about needs, and a message that is a draft or sent."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-26T05:10:10:000000"
VERSION = "1.38.0"
DESCRIPTION = "constraints of needs and organisers' messages"

STATEMENTS = (
    "CREATE UNIQUE INDEX need_own_once ON need (registration) WHERE place IS NULL",
    "ALTER TABLE need ADD CONSTRAINT need_once_a_place UNIQUE (place)",
    "ALTER TABLE need ADD CONSTRAINT need_says_something CHECK (interpreter OR wheelchair OR hearing OR other <> '')",
    """
    ALTER TABLE organiser_message ADD CONSTRAINT organiser_message_state CHECK (
        state IN ('draft', 'sent') AND (state = 'sent') = (sent_at IS NOT NULL)
    )
    """,
    # A message that many have received stays what they have received.
    """
    CREATE FUNCTION scheduling_sent_messages_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a sent message never changes' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE TRIGGER organiser_message_stays
        BEFORE UPDATE OF kind, target, subject_fr, subject_en, body_fr, body_en, state, people, sent_at
        ON organiser_message FOR EACH ROW WHEN (OLD.state = 'sent')
        EXECUTE FUNCTION scheduling_sent_messages_stay()
    """,
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="scheduling", description=DESCRIPTION)

    async def constrain() -> None:
        for statement in STATEMENTS:
            await fetch(statement)

    manager.add_raw(constrain)
    return manager
