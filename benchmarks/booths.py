"""The minute in which 300 exhibitors fight for 200 booths, and how long a plan of 1,000 booths takes the server."""

import asyncio
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import psutil

from benchmarks.report import report
from digital_days.embedded import servers
from digital_days.kernel import database
from digital_days.kernel.settings import Settings
from digital_days.kernel.web.sessions import start_session
from digital_days.migrations import migrate
from tests.exhibitors.bookable import OpenFair, open_fair
from tests.exhibitors.factories import make_booth, make_exhibitor, make_extra
from tests.factories import Made, make_edition, make_person
from tests.running_server import web_server
from tests.scheduling.routes.catalogue_pages import fields

EXHIBITORS = int(os.environ.get("EXHIBITORS", "300"))
BOOTHS, MANY = 200, 1000
SECONDS = float(os.environ.get("SECONDS", "60"))
MOST_MS, MOST_PLAN_MS = 250, 100
WARM_UP, LOOKS = 5, 40


class Crowd:
    """Everybody chooses on the page, then takes what is proposed, then books it or leaves it."""

    def __init__(self, client: httpx.AsyncClient, fair: OpenFair, cookies: list[str]) -> None:
        self.client = client
        self.fair = fair
        self.cookies = cookies
        self.random = random.Random(2027)  # noqa: S311 - the same crowd each time
        self.milliseconds: list[float] = []
        self.answers: Counter[str] = Counter()
        self.without_neighbours = 0

    async def fight(self, number: int) -> None:
        """One exhibitor, until it has a booth or there is none; most want the same part of the hall."""
        page = f"/{self.fair.edition.code}/mon-kiosque/{self.fair.exhibitors[number].code}/kiosque"
        wanted = self.fair.booths[min(int(self.random.expovariate(1 / 30)), BOOTHS - 1)].code
        while True:
            answer = await self._post(number, f"{page}/prendre", "hold", {"booth": wanted})
            if answer.status_code == 303:
                await self._book(number, f"{page}/option")
                return
            proposed = _proposed(answer)
            if not proposed:
                self.without_neighbours += await _free()
                break
            wanted = self.random.choice(proposed)
        await self._post(number, f"{page}/attendre", "wait", {})

    async def _book(self, number: int, page: str) -> None:
        """One in ten thinks better of it."""
        shown = await self.client.get(page, headers={"cookie": f"session={self.cookies[number]}"})
        typed = fields(shown, "/confirmer")
        if self.random.random() < 0.1:
            await self._post(number, page.replace("/option", "/liberer"), "leave", {"booking": typed["hold"]})
            return
        await self._post(number, f"{page}/confirmer", "confirm", {**typed, "agree": "yes"})

    async def _post(self, number: int, path: str, kind: str, data: dict[str, str]) -> httpx.Response:
        began = time.perf_counter()
        answer = await self.client.post(path, data=data, headers={"cookie": f"session={self.cookies[number]}"})
        self.milliseconds.append(1000 * (time.perf_counter() - began))
        self.answers[f"{kind} {answer.status_code}"] += 1
        return answer


def _proposed(answer: httpx.Response) -> list[str]:
    return re.findall(r'name="booth" value="(\w+)"', answer.text)


async def _free() -> int:
    """Whether some booth was free after all when nothing was proposed."""
    row = await database.fetch_one(
        """
        SELECT FROM booth b JOIN edition e ON e.id = b.edition AND e.slug = 'jn2027'
        WHERE b.id NOT IN (SELECT booth FROM booking WHERE state IN ('held', 'confirmed'))
        """
    )
    return int(row is not None)


async def fight(crowd: Crowd) -> list[float]:
    """Arrivals spread over the minute whether or not those before have been answered.

    Gives the milliseconds that a page of nothing takes meanwhile.
    """
    began = time.perf_counter()
    fighting = []
    nothing: list[float] = []
    for number, at in enumerate(sorted(crowd.random.uniform(0, SECONDS) for _ in crowd.cookies)):
        await asyncio.sleep(max(0.0, began + at - time.perf_counter()))
        fighting.append(asyncio.create_task(crowd.fight(number)))
        nothing.append(await _round_trip(crowd.client, "/health/live"))
    await asyncio.gather(*fighting)
    return sorted(nothing)


async def _round_trip(client: httpx.AsyncClient, path: str, **more: Any) -> float:
    began = time.perf_counter()
    await client.get(path, **more)
    return 1000 * (time.perf_counter() - began)


CHECKS = {
    "double bookings": """
        SELECT count(*) FROM (
            SELECT booth FROM booking WHERE state IN ('held', 'confirmed') GROUP BY booth HAVING count(*) > 1
            UNION ALL
            SELECT exhibitor FROM booking WHERE state = 'confirmed' GROUP BY exhibitor HAVING count(*) > 1
        ) twice
    """,
    "idle booths while somebody waits": """
        SELECT count(*) FROM booth b JOIN edition e ON e.id = b.edition AND e.slug = 'jn2027'
        WHERE EXISTS (SELECT FROM booth_waiting)
            AND b.id NOT IN (SELECT booth FROM booking WHERE state IN ('held', 'confirmed'))
    """,
    "bookings and offers without a mail": """
        SELECT count(*) FROM booking k JOIN exhibitor x ON x.id = k.exhibitor
        JOIN edition e ON e.id = x.edition AND e.slug = 'jn2027'
        WHERE (k.confirmed_at IS NOT NULL OR k.offered) AND NOT EXISTS (
            SELECT FROM outbox_message m WHERE m.payload->>'booking' = k.code
        )
    """,
}
"""What must be zero at the end."""


async def make_large_plan() -> tuple[Made, Made, int]:
    """A thousand booths of another edition, half of them taken; who looks at them."""
    fair = await open_fair(edition=await make_edition("grand"), booths=0, exhibitors=0)
    for number in range(MANY):
        booth = await make_booth(
            fair.edition,
            f"{'ABCDEFGHIJ'[number // 100]}{number % 100 + 1}",
            category=fair.category,
            x=100 + 350 * (number % 40),
            y=100 + 450 * (number // 40),
        )
        if number % 2:
            owner = await make_exhibitor(fair.edition, fair.category, name=f"Exposant {number}")
            await database.fetch(
                """
                INSERT INTO booking (code, booth, exhibitor, state, created_at, confirmed_at, updated_at)
                VALUES ($1, $2, $3, 'confirmed', now(), now(), now())
                """,
                owner.code,
                booth.id,
                owner.id,
            )
    await database.fetch("UPDATE exhibitor SET listed = true WHERE edition = $1", fair.edition.id)
    await database.fetch("UPDATE floor_plan SET width = 14200, depth = 11500 WHERE edition = $1", fair.edition.id)
    person = await make_person("Regard", "regard@example.ca")
    return fair.edition, await make_exhibitor(fair.edition, fair.category, person), person


async def look(client: httpx.AsyncClient, edition: Made, exhibitor: Made, person: int) -> tuple[float, list[float]]:
    """The page with plan and table of all of them, one at a time: what each costs, and how long each takes.

    The cost is the time that server and database work, which does not depend on what else the machine does.
    """
    cookie = (await start_session(person, browser="benchmark")).value or ""
    page, headers = f"/{edition.code}/mon-kiosque/{exhibitor.code}/kiosque", {"cookie": f"session={cookie}"}
    whole = (await client.get(page, headers=headers)).text.count("data-booth-row=")
    if whole != MANY:
        sys.exit(f"the plan is not whole: {whole} booths")
    for _ in range(WARM_UP):
        await client.get(page, headers=headers)
    before = _worked()
    times = sorted([await _round_trip(client, page, headers=headers) for _ in range(LOOKS)])
    return (_worked() - before) / LOOKS, times


def _worked() -> float:
    """Milliseconds of processor time of all that this program has started."""
    times = [process.cpu_times() for process in psutil.Process().children(recursive=True)]
    return 1000 * sum(each.user + each.system for each in times)


async def run(url: str, redis_url: str) -> None:
    """The minute and what must hold after it, then the large plan."""
    settings = Settings(database_url=url, redis_url=redis_url, secret_key="benchmark-" * 4)
    await migrate(settings)
    database.connect_to(url)
    await database.open_pool(4)
    fair = await open_fair(booths=BOOTHS, exhibitors=EXHIBITORS)
    await make_extra(fair.edition, stock=50)
    cookies = [(await start_session(person, browser="benchmark")).value or "" for person in fair.people]
    large = await make_large_plan()
    await database.fetch("ANALYZE")
    generous = {"RATE_PER_ADDRESS": "10000000", "RATE_PER_EMAIL": "10000000"}
    with web_server(settings, **generous) as address:
        limits = httpx.Limits(max_connections=200)
        async with httpx.AsyncClient(
            base_url=address, headers={"origin": address}, limits=limits, timeout=60
        ) as client:
            crowd = Crowd(client, fair, cookies)
            began = time.perf_counter()
            nothing = await fight(crowd)
            took = time.perf_counter() - began
            work, looks = await look(client, *large)
    found = {"losers without a free neighbour": crowd.without_neighbours}
    for name, statement in CHECKS.items():
        [row] = await database.fetch(statement)
        found[name] = int(next(iter(row.values())))
    counted = await database.fetch(
        """
        SELECT state, count(*) AS times FROM booking k JOIN booth b ON b.id = k.booth
        JOIN edition e ON e.id = b.edition AND e.slug = 'jn2027' GROUP BY state ORDER BY state
        """
    )
    await database.close_pool()
    print(dict(sorted(crowd.answers.items())), f"in {took:.1f} s")
    print({row["state"]: row["times"] for row in counted}, found)
    times = sorted(crowd.milliseconds)
    report(
        name="booths",
        value=_late(times),
        unit="ms (p99)",
        ceiling=MOST_MS,
        ceiling_name=f"goal: at most; a page of nothing meanwhile: p50 {_middle(nothing)}, p99 {_late(nothing)}",
        p50_ms=_middle(times),
        p99_ms=_late(times),
        oversold=found["double bookings"],
    )
    report(
        name="booths-plan",
        value=work,
        unit="ms of work",
        ceiling=MOST_PLAN_MS,
        ceiling_name="goal: at most",
        p50_ms=_middle(looks),
        p99_ms=_late(looks),
    )
    failed = {answer: times for answer, times in crowd.answers.items() if answer.split()[1] not in ("303", "409")}
    wrong = {name: times for name, times in found.items() if times}
    if wrong or failed or took > SECONDS + 10:
        sys.exit(f"what must never happen: {wrong} {failed}, {took:.1f} s")


def _middle(times: list[float]) -> float:
    return round(times[len(times) // 2], 1)


def _late(times: list[float]) -> float:
    return round(times[int(0.99 * len(times))], 1)


def main() -> None:
    """Private servers with fsync on, for the length of the run."""
    with tempfile.TemporaryDirectory(prefix="digital-days-bench-") as folder, servers(Path(folder)) as addresses:
        asyncio.run(run(addresses.database_url, addresses.redis_url))


if __name__ == "__main__":
    main()
