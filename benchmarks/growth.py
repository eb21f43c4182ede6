"""From 1,000 to 100,000 registrations: what the programme, the list, a search and the export cost then."""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

import httpx
from msgspec import Struct

from benchmarks.plot import Curve, plot
from benchmarks.registrations import web_memory
from benchmarks.report import FOLDER, report
from digital_days.composition import plug_in
from digital_days.embedded import servers
from digital_days.kernel import database
from digital_days.kernel.permissions import Role
from digital_days.kernel.settings import Settings
from digital_days.kernel.web.sessions import start_session
from digital_days.migrations import migrate
from digital_days.sample.loader import load_sample
from tests.factories import Made, grant, make_person
from tests.running_server import web_server

SIZES = (1_000, 10_000, 100_000)
TIMES = 25
MOST_MS, MOST_MB = 200, 150
PAGES = {
    "programme": ("GET", "/jn2027/programme", {}),
    "list": ("GET", "/jn2027/organisation/inscriptions/", {}),
    "last page of the list": ("GET", "/jn2027/organisation/inscriptions/?page=9999", {}),
    "search": ("POST", "/jn2027/organisation/inscriptions/", {"q": "personne 4"}),
    "search by ticket": ("POST", "/jn2027/organisation/inscriptions/", {"q": "T00000000A"}),
    "export": ("GET", "/jn2027/organisation/inscriptions/liste.csv", {}),
}


class Taken(Struct, frozen=True):
    """Milliseconds to the first byte, in the middle and at the worst of all tries; seconds to the last one."""

    median: float
    worst: float
    whole: float


async def grow(edition: int, people: int) -> None:
    """So many registrations in all, each with two places in slots that have seats enough."""
    await database.fetch("UPDATE slot SET seats = 1000000 WHERE seats IS NOT NULL")
    await database.fetch(
        """
        WITH had AS (SELECT count(*) AS n FROM registration WHERE edition = $1), made AS (
            INSERT INTO person (name, email, account_email, search_key)
            SELECT 'Personne ' || g, e, e, 'personne ' || g || ' ' || e
            FROM had, generate_series(had.n + 1, $2) g, LATERAL (SELECT 'p' || g || '@example.ca' AS e) addresses
            RETURNING id
        )
        INSERT INTO registration (code, person, edition) SELECT 'T' || lpad(upper(to_hex(id)), 9, '0'), id, $1 FROM made
        """,
        edition,
        people,
    )
    await database.fetch(
        """
        WITH here AS (
            SELECT s.id, row_number() OVER (ORDER BY s.id) - 1 AS n, count(*) OVER () AS slots
            FROM slot s JOIN activity a ON a.id = s.activity WHERE a.edition = $1 AND s.seats IS NOT NULL
        )
        INSERT INTO place (code, slot, person, state, created_at, updated_at)
        SELECT substr(upper(md5(r.id || '-' || k)), 1, 10), here.id, r.person, 'confirmed', now(), now()
        FROM registration r CROSS JOIN generate_series(0, 1) k
        JOIN here ON here.n = (r.id + 7 * k) % here.slots
        WHERE r.edition = $1 ON CONFLICT DO NOTHING
        """,
        edition,
    )
    await database.fetch(
        "UPDATE slot s SET taken = (SELECT count(*) FROM place p WHERE p.slot = s.id AND p.state = 'confirmed')"
    )
    for table in ("person", "registration", "place"):
        await database.fetch(f"ANALYZE {table}")


async def measure(client: httpx.AsyncClient, method: str, path: str, data: dict[str, str]) -> Taken:
    """One after the other, as an organiser and a visitor do."""
    first, whole = [], 0.0
    for _ in range(TIMES if "csv" not in path else 5):
        began = time.perf_counter()
        async with client.stream(method, path, data=data or None) as answer:
            answer.raise_for_status()
            chunks = answer.aiter_raw()
            await anext(chunks)
            first.append(1000 * (time.perf_counter() - began))
            async for _chunk in chunks:
                pass
        whole = time.perf_counter() - began
    return Taken(statistics.median(first), max(first), whole)


async def run(url: str, redis_url: str) -> None:
    """Each size in turn, on one server."""
    settings = Settings(database_url=url, redis_url=redis_url, secret_key="benchmark-" * 4)
    await migrate(settings)
    plug_in()
    database.connect_to(url)
    await database.open_pool(4)
    await load_sample()
    row = await database.fetch_one("SELECT id FROM edition WHERE slug = 'jn2027' AND draft_of IS NULL")
    edition = int(row["id"]) if row else 0
    organiser = await make_person("Alice Roy", "alice@example.ca")
    await grant(organiser, Role.ORGANISER, Made(edition, "jn2027"))
    session = await start_session(organiser, browser="benchmark")
    curves = {name: Curve(name=name, points=[]) for name in PAGES}
    memory = []
    with web_server(settings) as address:
        headers = {"accept-encoding": "gzip", "origin": address, "cookie": f"{session.key}={session.value}"}
        async with httpx.AsyncClient(base_url=address, headers=headers, timeout=120) as client:
            for people in SIZES:
                await grow(edition, people)
                await measure(client, *PAGES["programme"])  # what was kept of before is looked at once more
                for name, page in PAGES.items():
                    taken = await measure(client, *page)
                    curves[name].points.append((people, taken.median))
                    report(
                        name=f"growth-{name.replace(' ', '-')}-{people}",
                        value=taken.median,
                        unit="ms first byte",
                        ceiling=MOST_MS,
                        ceiling_name=f"goal: at most; whole in {taken.whole:.2f} s",
                        p50_ms=round(taken.median, 1),
                        p99_ms=round(taken.worst, 1),
                    )
                memory.append(web_memory())
                report(
                    name=f"growth-memory-{people}",
                    value=memory[-1],
                    unit="MB",
                    ceiling=MOST_MB,
                    ceiling_name="goal: at most",
                )
    await database.close_pool()
    drawing = plot(list(curves.values()), across="inscriptions", up="ms", goal=MOST_MS)
    (FOLDER / "growth.svg").write_text(drawing, encoding="utf-8")
    print(f"{FOLDER / 'growth.svg'}")


def main() -> None:
    """Private servers with fsync on, for the length of the run."""
    with tempfile.TemporaryDirectory(prefix="digital-days-bench-") as folder, servers(Path(folder)) as addresses:
        asyncio.run(run(addresses.database_url, addresses.redis_url))


if __name__ == "__main__":
    main()
