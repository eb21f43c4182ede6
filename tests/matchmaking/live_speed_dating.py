"""An edition of its own with a speed dating, for journeys that publish: nobody else's meetings are in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from digital_days.kernel import codes
from digital_days.kernel.permissions import Role
from tests.product import Product

SLUG = "eclair2029"
RESOURCES = ("Carole Roy", "Didier Roy", "Élise Roy", "Fatou Roy")
_EDITION = """
    INSERT INTO edition (slug, name_fr, starts_on, ends_on, organiser_name, postal_address, contact_email)
    VALUES ($1, 'Journées éclair 2029', '2029-10-18', '2029-10-18', 'MRC d’Argenteuil', 'Lachute', 'info@jn.example')
"""
_SETTINGS = """
    INSERT INTO speed_dating (edition, opens_at, sessions, tables, updated_at)
    SELECT id, now() - interval '1 day', $2, 4, now() FROM edition WHERE slug = $1
"""
_SESSION = '[{"starts_at": "2029-10-18T13:00:00Z", "ends_at": "2029-10-18T15:00:00Z"}]'
_TERM = (
    "INSERT INTO need_term (edition, slug, name_fr) SELECT id, 'vendre', 'Vendre en ligne' FROM edition WHERE slug = $1"
)
_RESOURCE = """
    WITH o AS (
        INSERT INTO match_organisation (code, edition, side, name, created_at, updated_at)
        SELECT $1, id, 'resource', $2, now(), now() FROM edition WHERE slug = $5 RETURNING id, edition
    ), n AS (
        INSERT INTO match_need (organisation, need) SELECT o.id, t.id FROM o JOIN need_term t ON t.edition = o.edition
    )
    INSERT INTO match_participant (code, edition, organisation, person, opted_in_at, created_at, updated_at)
    SELECT $3, edition, id, $4, now(), now(), now() FROM o
"""
_GONE = ("match_participant", "match_organisation", "consent", "registration", "outbox_message")


@asynccontextmanager
async def speed_dating(product: Product) -> AsyncIterator[str]:
    """Its slug; Alice organises it, four resources answer a need, rounds are in the morning. Gone at the end."""
    await product.database.execute(_EDITION, SLUG)
    await product.database.execute(_SETTINGS, SLUG, _SESSION)
    await product.database.execute(_TERM, SLUG)
    await product.database.execute(
        "INSERT INTO role_grant (person, edition, role) SELECT p.id, e.id, $2 FROM person p, edition e "
        "WHERE p.account_email = 'alice@example.ca' AND e.slug = $1",
        SLUG,
        Role.ORGANISER.value,
    )
    for number, name in enumerate(RESOURCES):
        person = await product.person(name, f"ressource{number}@{SLUG}.example.ca")
        await product.database.execute(_RESOURCE, codes.new_code(), f"Aide {number}", codes.new_code(), person, SLUG)
    try:
        yield SLUG
    finally:
        await product.settled()
        for table in _GONE:
            await product.database.execute(
                f"DELETE FROM {table} WHERE edition = (SELECT id FROM edition WHERE slug = $1)", SLUG
            )
        await product.database.execute("DELETE FROM edition WHERE slug = $1", SLUG)
