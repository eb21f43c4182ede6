"""A fair that bills: who sells, a booking that costs something, its invoice."""

from msgspec import Struct

from digital_days.kernel import clock, database
from exhibitors.domain.billing import bill
from exhibitors.domain.invoices import Invoice, invoice_called
from tests.exhibitors.factories import make_booking, make_booth, make_category, make_exhibitor
from tests.factories import Made, make_edition, make_person

GST, QST = "123456789 RT0001", "1234567890 TQ0001"


class Fair(Struct, frozen=True):
    """Bob acts for the exhibitor, whose booth A1 costs 250 $."""

    edition: Made
    category: Made
    exhibitor: Made
    booking: Made
    bob: int


async def make_seller(edition: Made, *, qst_number: str = QST, days_to_pay: int = 30) -> None:
    await database.fetch(
        """
        INSERT INTO fair_billing (edition, seller_name, seller_address, gst_number, qst_number, terms_fr, days_to_pay)
        VALUES ($1, 'MRC d’Argenteuil', $2, $3, $4, 'Par chèque, à l’ordre de la MRC d’Argenteuil.', $5)
        """,
        edition.id,
        "430, rue Grace\nLachute (Québec) J8H 1M6",
        GST,
        qst_number,
        days_to_pay,
    )


async def make_fair(*, price_cents: int = 25_000, seller: bool = True, slug: str = "jn2027") -> Fair:
    edition = await make_edition(slug)
    if seller:
        await make_seller(edition)
    category = await make_category(edition, price_cents=price_cents)
    bob = await make_person(email=f"bob@{slug}.example.ca")
    exhibitor = await make_exhibitor(edition, category, bob)
    booth = await make_booth(edition)
    booking = await make_booking(booth, exhibitor, price_cents=price_cents)
    return Fair(edition, category, exhibitor, booking, bob)


async def another_exhibitor(fair: Fair, name: str, number: str, *, price_cents: int = 25_000) -> tuple[Made, Made]:
    """With a booking; nobody acts for it."""
    exhibitor = await make_exhibitor(fair.edition, fair.category, name=name)
    booth = await make_booth(fair.edition, number, x=100 + 400 * int(number[1:]))
    return exhibitor, await make_booking(booth, exhibitor, price_cents=price_cents)


async def rent(fair: Fair, booking: Made, name: str, quantity: int, price_cents: int) -> None:
    await database.fetch(
        """
        WITH e AS (
            INSERT INTO booth_extra (code, edition, name_fr, price_cents)
            VALUES (substr(md5(random()::text), 1, 10), $1, $3, $5) RETURNING id
        ) INSERT INTO booking_extra (booking, extra, quantity, price_cents) SELECT $2, id, $4, $5 FROM e
        """,
        fair.edition.id,
        booking.id,
        name,
        quantity,
        price_cents,
    )


async def move(fair: Fair, booking: Made, number: str, *, price_cents: int) -> Made:
    """The exhibitor has another booth from now on, as the booking's confirmation leaves it."""
    await database.fetch("UPDATE booking SET state = 'moved', ended_at = $2 WHERE id = $1", booking.id, clock.now())
    booth = await make_booth(fair.edition, number, x=100 + 400 * int(number[1:]), y=600)
    return await make_booking(booth, fair.exhibitor, price_cents=price_cents)


async def billed(fair: Fair) -> Invoice:
    """Its invoice."""
    return await invoice_called(fair.edition.id, await bill(fair.booking.id) or "")
