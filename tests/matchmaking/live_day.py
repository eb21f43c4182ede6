"""A round that goes on, a table where people sit, and a new plan, for the parameters of the day's pages."""

from datetime import timedelta

from digital_days.kernel import clock, codes
from tests.matchmaking.live_meeting import seat_of
from tests.product import EDITION, Product

TABLE = 3
_ROUND = """
    INSERT INTO meeting_round (edition, number, session, starts_at, ends_at)
    SELECT id, $2, 1, $3, $4 FROM edition WHERE slug = $1 ON CONFLICT DO NOTHING
"""
_MEETING = """
    INSERT INTO meeting (code, edition, business, resource, round, table_number, starts_at, ends_at, created_at,
        updated_at)
    SELECT $2, e.id, $3, $4, $5, $6, r.starts_at, r.ends_at, now(), now()
    FROM edition e JOIN meeting_round r ON r.edition = e.id AND r.number = $5 WHERE e.slug = $1
"""
_REPLAN = """
    INSERT INTO replan (code, edition, stamp, meetings, created_at) SELECT $2, id, 'old', '[]', $3
    FROM edition WHERE slug = $1
"""


async def day_sample(product: Product) -> dict[str, str]:
    """The second of three rounds goes on for two hours; made once, with a plan that the day has overtaken."""
    now, minute = clock.now(), timedelta(minutes=1)
    times = {1: (now - 60 * minute, now - 45 * minute), 2: (now - minute, now + 120 * minute)}
    times[3] = (now + 125 * minute, now + 140 * minute)
    for number, (starts_at, ends_at) in times.items():
        await product.database.execute(_ROUND, EDITION, number, starts_at, ends_at)
    if not await product.database.fetchval("SELECT count(*) FROM meeting WHERE round = 2"):
        await _meetings(product)
    code = codes.new_code()
    await product.database.execute(_REPLAN, EDITION, code, now)
    return {
        "replan": code,
        **{
            f"matchmaking:{route}:number": str(TABLE)
            for route in ("table", "say-presence", "day-close-table", "day-open-table")
        },
    }


async def _meetings(product: Product) -> None:
    """Three businesses and three resources, who meet twice."""
    seats = {}
    for side, names in (("business", ("Anaïs", "Benoît", "Chloé")), ("resource", ("Didier", "Émile", "Flore"))):
        for name in names:
            person = await product.person(f"{name} Roy", f"{name.lower()}@seats.example")
            seats[name] = await seat_of(product, person, f"Maison {name}", side)
    pairs = {2: ("Didier", "Émile", "Flore"), 3: ("Émile", "Flore", "Didier")}
    for number, others in pairs.items():
        for place, (one, other) in enumerate(zip(("Anaïs", "Benoît", "Chloé"), others, strict=True)):
            seated = (seats[one], seats[other], number, TABLE + place)
            await product.database.execute(_MEETING, EDITION, codes.new_code(), *seated)
