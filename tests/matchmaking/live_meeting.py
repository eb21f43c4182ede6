"""A meeting that is over, for the parameters of its pages."""

from datetime import timedelta

from digital_days.kernel import clock, codes
from tests.product import EDITION, Product

_ORGANISATION = """
    INSERT INTO match_organisation (code, edition, side, name, about, created_at, updated_at)
    SELECT $1, id, $2, $3, 'MRC d’Argenteuil', now(), now() FROM edition WHERE slug = $4 RETURNING id
"""
_PARTICIPANT = """
    INSERT INTO match_participant (code, edition, organisation, person, opted_in_at, created_at, updated_at)
    SELECT $1, o.edition, o.id, $3, now(), now(), now() FROM match_organisation o WHERE o.id = $2 RETURNING id
"""
_MEETING = """
    INSERT INTO meeting (code, edition, business, resource, round, table_number, starts_at, ends_at, created_at,
        updated_at)
    SELECT $1, edition, id, $3, 1, 90 + (SELECT count(*) FROM meeting), $4, $5, $4, $4
    FROM match_participant WHERE id = $2
"""


async def seat_of(product: Product, person: int, house: str, side: str, edition: str = EDITION) -> int:
    """Somebody takes part for a house of their own."""
    organisation = await product.database.fetchval(_ORGANISATION, codes.new_code(), side, house, edition)
    number: int = await product.database.fetchval(_PARTICIPANT, codes.new_code(), organisation, person)
    return number


async def meeting_sample(product: Product, name: str, email: str) -> dict[str, str]:
    """This person's with somebody new, an hour ago."""
    person = await product.database.fetchval("SELECT id FROM person WHERE account_email = $1", email)
    other = await product.person(f"Autre {name}", f"autre.{email}")
    house = f"Maison de {name}"
    seats = [await seat_of(product, person, house, "business"), await seat_of(product, other, house, "resource")]
    began, code = clock.now() - timedelta(hours=1), codes.new_code()
    await product.database.execute(_MEETING, code, *seats, began, began + timedelta(minutes=15))
    return {"meeting": code}
