"""What bookings cost and what of it is billed: for whom an invoice, or a credit note, is still to be written."""

from msgspec import Struct

from digital_days.kernel import database


class Unbilled(Struct, frozen=True, kw_only=True):
    """Amounts in cents, before taxes. ``booth`` is empty where there is no booking any more.

    ``billed_cents`` has the credits taken off; ``given_up_cents`` is what they gave up for good. ``invoice`` is the
    code of the exhibitor's last invoice, which a credit note would set right.
    """

    exhibitor_id: int
    exhibitor_code: str
    exhibitor: str
    booking_id: int | None
    booth: str
    cost_cents: int
    billed_cents: int
    given_up_cents: int
    invoice: str

    @property
    def to_bill_cents(self) -> int:
        """What the next invoice will ask for; what was given up is not asked for again."""
        return max(0, self._wanted_cents - self.billed_cents)

    @property
    def to_credit_cents(self) -> int:
        """What was billed and is not owed any more: an organiser decides whether it is credited."""
        return max(0, self.billed_cents - self._wanted_cents)

    @property
    def _wanted_cents(self) -> int:
        return max(0, self.cost_cents - self.given_up_cents)


_UNBILLED = """
    SELECT x.id AS exhibitor_id, x.code AS exhibitor_code, x.name AS exhibitor, k.id AS booking_id,
        coalesce(b.number, '') AS booth, c.cost AS cost_cents, i.billed AS billed_cents,
        i.given_up AS given_up_cents, coalesce(i.last, '') AS invoice
    FROM exhibitor x
    LEFT JOIN booking k ON k.exhibitor = x.id AND k.state = 'confirmed' LEFT JOIN booth b ON b.id = k.booth
    CROSS JOIN LATERAL (
        SELECT coalesce(k.price_cents, 0) + coalesce(sum(e.quantity * e.price_cents), 0)::int AS cost
        FROM booking_extra e WHERE e.booking = k.id
    ) c
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(subtotal_cents), 0)::int AS billed,
            coalesce(sum(-subtotal_cents - reopens_cents) FILTER (WHERE kind = 'credit'), 0)::int AS given_up,
            (array_agg(code ORDER BY number DESC) FILTER (WHERE kind = 'invoice'))[1] AS last
        FROM invoice WHERE exhibitor = x.id
    ) i
"""


async def unbilled(edition_id: int) -> list[Unbilled]:
    """Every exhibitor whose invoices do not say what its booking costs, by name; one query."""
    differs = "greatest(0, c.cost - i.given_up) <> i.billed"
    rows = await database.fetch(
        f"{_UNBILLED} WHERE x.edition = $1 AND {differs} ORDER BY x.search_key, x.id", edition_id
    )
    return [Unbilled(**row) for row in rows]


async def unbilled_of(exhibitor_id: int) -> Unbilled:
    """Of one exhibitor, whether or not there is anything."""
    [row] = await database.fetch(f"{_UNBILLED} WHERE x.id = $1", exhibitor_id)
    return Unbilled(**row)
