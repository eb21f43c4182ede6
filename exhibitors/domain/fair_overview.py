"""How the fair stands: who has what, who still owes what, how full it is, what was billed and paid, day by day."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.i18n import TORONTO, localized


class Occupancy(Struct, frozen=True, kw_only=True):
    """Booths of a category; those of no category are anybody's (empty names)."""

    name_fr: str
    name_en: str
    booths: int
    confirmed: int
    held: int

    @property
    def name(self) -> str:
        """In the reader's language."""
        return localized(self.name_fr, self.name_en)

    @property
    def free(self) -> int:
        """Neither booked nor held."""
        return self.booths - self.confirmed - self.held


class Standing(Struct, frozen=True, kw_only=True):
    """An accepted exhibitor, and what is still open about it. Amounts in cents."""

    code: str
    name: str
    category_fr: str
    category_en: str
    booth: str
    billed_cents: int
    paid_cents: int
    needs_insurance: bool
    insured: bool
    listed: bool

    @property
    def category(self) -> str:
        """In the reader's language."""
        return localized(self.category_fr, self.category_en)

    @property
    def owed_cents(self) -> int:
        """What is still to be paid of what was billed."""
        return self.billed_cents - self.paid_cents

    @property
    def misses_insurance(self) -> bool:
        """Whether it needs one that nobody has accepted, nor received."""
        return self.needs_insurance and not self.insured


class DayOfMoney(Struct, frozen=True, kw_only=True):
    """What had been billed (credits taken off) and paid by the end of a day, in cents."""

    day: date
    billed_cents: int
    paid_cents: int


_OCCUPANCY = """
    SELECT coalesce(c.name_fr, '') AS name_fr, coalesce(c.name_en, '') AS name_en, count(*) AS booths,
        count(*) FILTER (WHERE k.state = 'confirmed') AS confirmed,
        count(*) FILTER (WHERE k.state = 'held' AND k.held_until > $2) AS held
    FROM booth b LEFT JOIN fair_category c ON c.id = b.category
    LEFT JOIN booking k ON k.booth = b.id AND k.state IN ('held', 'confirmed')
    WHERE b.edition = $1 GROUP BY c.id ORDER BY c.position NULLS LAST, c.id
"""
_STANDINGS = """
    SELECT x.code, x.name, c.name_fr AS category_fr, c.name_en AS category_en, coalesce(b.number, '') AS booth,
        coalesce(i.billed, 0)::int AS billed_cents, coalesce(i.paid, 0)::int AS paid_cents, c.needs_insurance,
        EXISTS (
            SELECT FROM exhibitor_document d
            WHERE d.exhibitor = x.id AND d.kind = 'insurance' AND d.state IN ('received', 'accepted')
        ) AS insured, x.listed
    FROM exhibitor x JOIN fair_category c ON c.id = x.category
    LEFT JOIN booking k ON k.exhibitor = x.id AND k.state = 'confirmed'
    LEFT JOIN booth b ON b.id = k.booth
    LEFT JOIN LATERAL (
        SELECT sum(v.total_cents) AS billed, sum((
            SELECT coalesce(sum(p.amount_cents), 0) FROM payment p WHERE p.invoice = v.id AND p.cancelled_at IS NULL
        )) AS paid
        FROM invoice v WHERE v.exhibitor = x.id
    ) i ON true
    WHERE x.edition = $1 AND x.state = 'accepted' ORDER BY x.search_key, x.id
"""
_MONEY = """
    SELECT day, sum(billed)::int AS billed, sum(paid)::int AS paid FROM (
        SELECT (issued_at AT TIME ZONE 'America/Toronto')::date AS day, total_cents AS billed, 0 AS paid
        FROM invoice WHERE edition = $1
        UNION ALL
        SELECT p.received_on, 0, p.amount_cents FROM payment p JOIN invoice v ON v.id = p.invoice
        WHERE v.edition = $1 AND p.cancelled_at IS NULL
    ) moved GROUP BY day ORDER BY day
"""
_STATES = "SELECT state, count(*) AS count FROM exhibitor WHERE edition = $1 GROUP BY state"


async def occupancy(edition_id: int) -> list[Occupancy]:
    """By category, in the organisers' order."""
    rows = await database.fetch(_OCCUPANCY, edition_id, clock.now())
    return [Occupancy(**row) for row in rows]


async def standings(edition_id: int) -> list[Standing]:
    """Every accepted exhibitor, by name; one query."""
    return [Standing(**row) for row in await database.fetch(_STANDINGS, edition_id)]


async def money_by_day(edition_id: int) -> list[DayOfMoney]:
    """Added up from the first day on which something was billed or paid, and until today."""
    days: list[DayOfMoney] = []
    billed = paid = 0
    for row in await database.fetch(_MONEY, edition_id):
        billed, paid = billed + row["billed"], paid + row["paid"]
        days.append(DayOfMoney(day=row["day"], billed_cents=billed, paid_cents=paid))
    return _until_today(days, clock.now())


async def applications_by_state(edition_id: int) -> dict[str, int]:
    """How many exhibitors are in each state."""
    return {row["state"]: row["count"] for row in await database.fetch(_STATES, edition_id)}


def _until_today(days: Sequence[DayOfMoney], now: datetime) -> list[DayOfMoney]:
    today = now.astimezone(TORONTO).date()
    if not days or days[-1].day >= today:
        return list(days)
    return [*days, DayOfMoney(day=today, billed_cents=days[-1].billed_cents, paid_cents=days[-1].paid_cents)]
