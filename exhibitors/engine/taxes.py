"""TPS and TVQ of an invoice, exact in whole cents.

Source: Revenu Québec, « Renseignements généraux sur la TVQ et la TPS/TVH » (IN-203), « L’indication et le calcul des
taxes »; Excise Tax Act, s. 165.2. Both taxes are computed on the total before taxes of the whole invoice, not line by
line; since 2013 the TVQ is computed on the price without the TPS, at 9.975 %; of what is left of a cent, less than half
is dropped, half and more is a cent.
"""

from msgspec import Struct

GST, QST = 5_000, 9_975
"""The rates, in thousandths of a percent."""
_WHOLE = 100_000


class Taxed(Struct, frozen=True):
    """Amounts in cents; those of a credit note are negative."""

    subtotal_cents: int
    gst_cents: int
    qst_cents: int

    @property
    def total_cents(self) -> int:
        """What is to pay."""
        return self.subtotal_cents + self.gst_cents + self.qst_cents


def taxed(subtotal_cents: int) -> Taxed:
    """The total before taxes (in cents) with its two taxes.

    A negative total has exactly the opposite taxes: a credit note takes back what the invoice has asked for.
    """
    return Taxed(subtotal_cents, _part(subtotal_cents, GST), _part(subtotal_cents, QST))


def credit(credited_cents: int, subtotal_cents: int) -> Taxed:
    """One more credit note on an invoice of which ``credited_cents`` (before taxes, not negative) are credited already.

    ``subtotal_cents`` is what it takes back, before taxes, positive. Its taxes are what the taxes of all that is
    credited grow by: however an invoice is credited in parts, together they take back exactly what it asked for.
    """
    before, after = taxed(credited_cents), taxed(credited_cents + subtotal_cents)
    return Taxed(-subtotal_cents, before.gst_cents - after.gst_cents, before.qst_cents - after.qst_cents)


def _part(cents: int, rate: int) -> int:
    rounded = (abs(cents) * rate + _WHOLE // 2) // _WHOLE
    return -rounded if cents < 0 else rounded
