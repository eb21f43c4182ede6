"""What the generator cannot express: one exhibitor a booth, no invoice changed, nothing taken beyond its stock."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-26T17:01:10:000000"
VERSION = "1.38.0"
DESCRIPTION = "what never may be at the fair"

UNIQUE = {
    "booth_number": "booth (edition, number)",
    "exhibitor_member_once": "exhibitor_member (exhibitor, person)",
    "exhibitor_need_once": "exhibitor_need (exhibitor, need)",
    "exhibitor_activity_once": "exhibitor_activity (exhibitor, activity_code)",
    "favourite_exhibitor_once": "favourite_exhibitor (person, exhibitor)",
    "decision_text_once": "decision_text (edition, decision)",
    "arrival_slot_once": "arrival_slot (edition, starts_at)",
    "booking_one_booth": "booking (booth) WHERE state IN ('held', 'confirmed')",
    "booking_one_hold": "booking (exhibitor) WHERE state = 'held'",
    "booking_one_confirmed": "booking (exhibitor) WHERE state = 'confirmed'",
    "booking_extra_once": "booking_extra (booking, extra)",
    "invoice_number": "invoice (edition, number)",
    "invoice_credited_once": "invoice (credits) WHERE kind = 'credit'",
    "lead_once": "lead (exhibitor, registration)",
    "lead_consent_one": "lead_consent (lead) WHERE withdrawn_at IS NULL",
}
INDEXES = {
    "booking_held_until": "booking (held_until) WHERE state = 'held'",
    "exhibitor_state": "exhibitor (edition, state)",
}
CHECKS = [
    ("fair_category", "price_cents >= 0"),
    ("booth_extra", "price_cents >= 0 AND taken >= 0 AND (stock IS NULL OR taken <= stock)"),
    ("arrival_slot", "capacity >= 0 AND taken >= 0 AND taken <= capacity"),
    ("floor_plan", "width > 0 AND depth > 0 AND aisle >= 0"),
    ("booth", "x >= 0 AND y >= 0 AND width > 0 AND depth > 0"),
    ("plan_shape", "x >= 0 AND y >= 0 AND width > 0 AND depth > 0"),
    ("plan_shape", "kind IN ('aisle', 'entrance', 'obstacle', 'label')"),
    ("exhibitor", "state IN ('submitted', 'accepted', 'waiting', 'declined', 'withdrawn')"),
    ("booking", "state IN ('held', 'confirmed', 'moved', 'cancelled', 'expired', 'left')"),
    ("booking", "(state = 'held') = (held_until IS NOT NULL)"),
    ("booking_extra", "quantity > 0"),
    ("invoice", "total_cents = subtotal_cents + gst_cents + qst_cents"),
    ("invoice", "(kind = 'credit') = (credits IS NOT NULL)"),
    ("lead", "interest BETWEEN 0 AND 3"),
]
# What was issued stays as it was: only a credit note sets it right.
WRITTEN_ONCE = (
    """
    CREATE OR REPLACE FUNCTION exhibitors_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'an invoice is never changed' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE TRIGGER invoice_written_once BEFORE UPDATE OR DELETE ON invoice
        FOR EACH ROW EXECUTE FUNCTION exhibitors_written_once()
    """,
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="exhibitors", description=DESCRIPTION)

    async def constrain() -> None:
        for name, on in UNIQUE.items():
            await fetch(f"CREATE UNIQUE INDEX {name} ON {on}")
        for name, on in INDEXES.items():
            await fetch(f"CREATE INDEX {name} ON {on}")
        for table, condition in CHECKS:
            await fetch(f"ALTER TABLE {table} ADD CHECK ({condition})")
        for statement in WRITTEN_ONCE:
            await fetch(statement)

    manager.add_raw(constrain)
    return manager
