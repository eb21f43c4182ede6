"""Who sells: what every invoice of the edition says of it, and what is missing before one may be written."""

from msgspec import Struct
from msgspec.structs import asdict

from digital_days.kernel import database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.i18n import N_, _

MISSING = {
    "seller_name": N_("le nom du vendeur"),
    "seller_address": N_("l’adresse du vendeur"),
    "gst_number": N_("le numéro de TPS"),
    "qst_number": N_("le numéro de TVQ"),
}


class BillingTexts(Struct, frozen=True, kw_only=True):
    """The names are those of the columns. Numbers as they are printed: « 123456789 RT0001 », « 1234567890 TQ0001 »."""

    seller_name: str = ""
    seller_address: str = ""
    gst_number: str = ""
    qst_number: str = ""
    terms_fr: str = ""
    days_to_pay: int = 30


class BillingSettings(BillingTexts, frozen=True, kw_only=True):
    """``version`` is the row's, empty where nobody has said anything yet."""

    version: str = ""

    @property
    def missing(self) -> list[str]:
        """In words, what no invoice goes without."""
        return [_(words) for name, words in MISSING.items() if not getattr(self, name)]


_COLUMNS = BillingTexts.__struct_fields__


async def billing_settings(edition_id: int) -> BillingSettings:
    """One query; empty where nobody has written any."""
    row = await database.fetch_one(
        f"SELECT {', '.join(_COLUMNS)}, xmin::text AS version FROM fair_billing WHERE edition = $1", edition_id
    )
    return BillingSettings(**row) if row else BillingSettings()


async def change_billing(edition_id: int, said: BillingTexts, *, version: str) -> None:
    """For invoices from now on: those written keep what they say. Raises ``ChangedMeanwhile``."""
    columns = asdict(said)
    places = ", ".join(f"${number}" for number in range(3, len(columns) + 3))
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns)
    written = await database.fetch(
        f"""
        INSERT INTO fair_billing AS b (edition, {", ".join(columns)}) SELECT $1, {places}
        WHERE $2 = '' OR EXISTS (SELECT FROM fair_billing WHERE edition = $1)
        ON CONFLICT (edition) DO UPDATE SET {changes} WHERE b.xmin::text = $2 RETURNING id
        """,
        edition_id,
        version,
        *columns.values(),
    )
    if not written:
        raise ChangedMeanwhile
