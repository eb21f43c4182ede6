"""Held seats count, and a line has an order: what the generator cannot express."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-26T05:08:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "constraints of rules and waiting lists"

STATEMENTS = (
    "ALTER TABLE slot DROP CONSTRAINT slot_never_oversold",
    """
    ALTER TABLE slot ADD CONSTRAINT slot_never_oversold CHECK (
        taken >= 0 AND held >= 0 AND (seats IS NULL OR taken + held <= seats)
    )
    """,
    "ALTER TABLE place DROP CONSTRAINT place_state",
    """
    ALTER TABLE place ADD CONSTRAINT place_state CHECK (
        state IN ('confirmed', 'cancelled', 'refused')
        AND (state = 'refused') = (reason IN ('full', 'overlap', 'reserved', 'limit'))
    )
    """,
    "ALTER TABLE activity_rules ADD CONSTRAINT activity_rules_once UNIQUE (edition, activity)",
    """
    ALTER TABLE activity_rules ADD CONSTRAINT activity_rules_reserved CHECK (
        reserved_seats >= 0 AND (reserved_seats = 0) = (reserved_for = '')
    )
    """,
    "ALTER TABLE activity_rules ADD CONSTRAINT activity_rules_window CHECK (opens_at < closes_at)",
    "ALTER TABLE edition_rules ADD CONSTRAINT edition_rules_hours CHECK (offer_hours BETWEEN 1 AND 72 AND most >= 0)",
    "ALTER TABLE waiting_entry ADD CONSTRAINT waiting_entry_once UNIQUE (slot, person)",
    """
    ALTER TABLE waiting_entry ADD CONSTRAINT waiting_entry_state CHECK (
        state IN ('waiting', 'offered', 'accepted', 'declined', 'expired', 'withdrawn', 'left', 'removed', 'closed')
        AND (state = 'offered') = (deadline IS NOT NULL)
    )
    """,
    "CREATE INDEX waiting_entry_line ON waiting_entry (slot, rank) WHERE state = 'waiting'",
    "CREATE INDEX waiting_entry_offers ON waiting_entry (slot, deadline) WHERE state = 'offered'",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="scheduling", description=DESCRIPTION)

    async def constrain() -> None:
        for statement in STATEMENTS:
            await fetch(statement)

    manager.add_raw(constrain)
    return manager
