"""What the generator cannot express: credits in parts, never beyond what was billed; a provider's payment counts once."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from digital_days.kernel.database import fetch

ID = "2026-11-26T17:05:10:000000"
VERSION = "1.38.0"
DESCRIPTION = "what never may be of an invoice"

STATEMENTS = (
    "DROP INDEX invoice_credited_once",
    "CREATE UNIQUE INDEX payment_of_provider_once ON payment (provider, reference) WHERE provider <> 'hand'",
    "ALTER TABLE payment ADD CHECK (amount_cents <> 0)",
    "ALTER TABLE payment ADD CHECK (provider = 'hand' OR reference <> '')",
    "ALTER TABLE payment ADD CHECK (method IN ('cheque', 'transfer', 'cash', 'card', 'other'))",
    "ALTER TABLE invoice ADD CHECK (kind IN ('invoice', 'credit'))",
    "ALTER TABLE invoice ADD CHECK (kind = 'credit' OR (subtotal_cents > 0 AND reopens_cents = 0))",
    "ALTER TABLE invoice ADD CHECK (kind = 'invoice' OR (subtotal_cents < 0 AND gst_cents <= 0 AND qst_cents <= 0))",
    "ALTER TABLE invoice ADD CHECK (kind = 'invoice' OR reopens_cents BETWEEN 0 AND -subtotal_cents)",
    # Two notes at one moment: the second waits for the invoice's row, and then sees the first.
    """
    CREATE OR REPLACE FUNCTION exhibitors_credit_within_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        billed invoice%ROWTYPE;
        credited record;
    BEGIN
        SELECT * INTO billed FROM invoice WHERE id = NEW.credits FOR UPDATE;
        SELECT coalesce(sum(subtotal_cents), 0) AS subtotal, coalesce(sum(gst_cents), 0) AS gst,
            coalesce(sum(qst_cents), 0) AS qst INTO credited FROM invoice WHERE credits = NEW.credits;
        IF billed.kind <> 'invoice' OR billed.exhibitor <> NEW.exhibitor OR billed.edition <> NEW.edition
            OR billed.subtotal_cents + credited.subtotal + NEW.subtotal_cents < 0
            OR billed.gst_cents + credited.gst + NEW.gst_cents < 0
            OR billed.qst_cents + credited.qst + NEW.qst_cents < 0 THEN
            RAISE EXCEPTION 'never more is credited than was billed' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER invoice_credit_within BEFORE INSERT ON invoice
        FOR EACH ROW WHEN (NEW.kind = 'credit') EXECUTE FUNCTION exhibitors_credit_within_invoice()
    """,
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="exhibitors", description=DESCRIPTION)

    async def constrain() -> None:
        for statement in STATEMENTS:
            await fetch(statement)

    manager.add_raw(constrain)
    return manager
