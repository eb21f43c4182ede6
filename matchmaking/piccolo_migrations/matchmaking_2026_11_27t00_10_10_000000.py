"""What the generator cannot express: one organisation a person, nobody in two meetings of a round, one plan at once."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-27T00:10:10:000000"
VERSION = "1.38.0"
DESCRIPTION = "what never may be at the speed dating"

UNIQUE = {
    "match_need_once": "match_need (organisation, need)",
    "match_participant_once": "match_participant (edition, person)",
    "match_wish_once": "match_wish (by, about)",
    "match_exclusion_once": "match_exclusion (one, other)",
    "solver_run_one": "solver_run (scenario) WHERE state IN ('queued', 'running')",
    "publication_number": "publication (edition, number)",
    "meeting_round_number": "meeting_round (edition, number)",
    "meeting_table_number": "meeting_table (edition, number)",
    "meeting_outcome_once": "meeting_outcome (meeting, participant)",
}
INDEXES = {
    "match_organisation_side": "match_organisation (edition, side)",
    "meeting_by_round": "meeting (edition, round)",
    "solver_run_due": "solver_run (state, lease_until) WHERE state IN ('queued', 'running')",
}
CHECKS = [
    ("speed_dating", "round_minutes BETWEEN 1 AND 240 AND pause_minutes BETWEEN 0 AND 240"),
    ("speed_dating", "tables >= 0 AND most >= 0"),
    ("match_organisation", "side IN ('business', 'resource')"),
    ("match_participant", "least >= 0 AND (most IS NULL OR most >= least)"),
    ("match_absence", "starts_at < ends_at"),
    ("match_wish", "by <> about AND strength IN ('must', 'like', 'no')"),
    ("match_exclusion", "one < other"),
    ("solver_run", "state IN ('queued', 'running', 'done', 'stopped', 'failed')"),
    ("meeting_round", "number > 0 AND starts_at < ends_at"),
    ("meeting_table", "number > 0"),
    ("meeting", "business <> resource AND starts_at < ends_at"),
    ("meeting", "state IN ('planned', 'held', 'missed', 'cancelled')"),
    ("meeting_outcome", "useful BETWEEN 0 AND 3"),
    ("meeting_outcome", "next_step IN ('', 'contact', 'appointment', 'referral')"),
]
# Looked at when the transaction ends: a new plan may let two meetings change places.
NEVER_TWICE = {
    "meeting_one_a_table": "edition WITH =, round WITH =, table_number WITH =",
    "meeting_one_a_business": "business WITH =, round WITH =",
    "meeting_one_a_resource": "resource WITH =, round WITH =",
    "meeting_pair_once": "business WITH =, resource WITH =",
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="matchmaking", description=DESCRIPTION)

    async def constrain() -> None:
        for name, on in UNIQUE.items():
            await fetch(f"CREATE UNIQUE INDEX {name} ON {on}")
        for name, on in INDEXES.items():
            await fetch(f"CREATE INDEX {name} ON {on}")
        for table, condition in CHECKS:
            await fetch(f"ALTER TABLE {table} ADD CHECK ({condition})")
        for name, on in NEVER_TWICE.items():
            await fetch(
                f"ALTER TABLE meeting ADD CONSTRAINT {name} EXCLUDE USING btree ({on}) "
                "WHERE (state IN ('planned', 'held')) DEFERRABLE INITIALLY DEFERRED"
            )

    manager.add_raw(constrain)
    return manager
