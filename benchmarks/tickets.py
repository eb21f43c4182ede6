"""Tickets a second: composed with QR code and calendar file, and delivered to a stand-in by one real worker process."""

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sendgrid import SendGridAPIClient  # type: ignore[import-untyped] # ships no types

from benchmarks.report import report
from digital_days.embedded import Addresses, servers
from digital_days.kernel import consents, database, wake
from digital_days.kernel.settings import Settings
from digital_days.migrations import migrate
from scheduling.domain.places import Applicant, take_place
from tests.factories import make_activity, make_edition, make_slot
from tests.kernel.sendgrid_stand_in import API_KEY, SENDER, StandIn, stand_in

TICKETS = int(os.environ.get("TICKETS", "2000"))
SINGLES = 40
ACTIVITIES = 40
AT_ONCE = Settings().worker_concurrency


async def main() -> None:
    """Fills the outbox, starts the worker, watches the stand-in; then the client alone, and tickets one by one."""
    with tempfile.TemporaryDirectory() as folder, servers(Path(folder)) as addresses:
        database.connect_to(addresses.database_url)
        await migrate(Settings(database_url=addresses.database_url))
        await database.open_pool(4)
        async with stand_in() as sendgrid:
            slots = await _slots()
            for number in range(TICKETS):
                await _take(slots, number)
            async with _worker(addresses, sendgrid):
                await _arrived(sendgrid, TICKETS)
                value = (TICKETS - 1) / (sendgrid.accepted_at[-1] - sendgrid.accepted_at[0])
                waits = await _one_by_one(sendgrid, slots, addresses.redis_url)
            twice = len(sendgrid.accepted) - len(set(sendgrid.keys()))
            ceiling = await _client_alone(sendgrid, Path(folder))
        await database.close_pool()
    quantiles = statistics.quantiles(waits, n=100)
    report(
        name="tickets",
        value=value,
        unit="tickets/s",
        ceiling=ceiling,
        ceiling_name="sendgrid client alone, ready-made request",
        p50_ms=round(quantiles[49] * 1000, 1),
        p99_ms=round(quantiles[98] * 1000, 1),
        oversold=twice,
    )
    print("  (p50 and p99: one ticket to an idle worker, from the commit to SendGrid's door; oversold: sent twice)")


async def _slots() -> list[str]:
    edition = await make_edition()
    activities = [await make_activity(edition, f"Atelier {n}", title_en=f"Workshop {n}") for n in range(ACTIVITIES)]
    return [(await make_slot(activity, seats=TICKETS + SINGLES)).code for activity in activities]


async def _take(slots: list[str], number: int) -> None:
    applicant = Applicant(name=f"Camille Exemple {number}", email=f"camille{number}@example.org")
    agreed = consents.given({"registration"}, organiser="MRC d’Argenteuil")
    await take_place(slots[number % len(slots)], applicant, consents=agreed)


async def _one_by_one(sendgrid: StandIn, slots: list[str], redis_url: str) -> list[float]:
    redis, waits = wake.valkey(redis_url), []
    async with wake.waker(lambda: redis.enqueue_job(wake.DRAIN, _job_id=wake.DRAIN)):
        for number in range(TICKETS, TICKETS + SINGLES):
            await asyncio.sleep(0.1 + number % 7 / 50)
            await _take(slots, number)
            committed = time.perf_counter()
            wake.soon()
            await _arrived(sendgrid, number + 1)
            waits.append(sendgrid.accepted_at[-1] - committed)
    await redis.aclose()
    return waits


async def _arrived(sendgrid: StandIn, count: int) -> None:
    async with asyncio.timeout(300):
        while len(sendgrid.accepted) < count:  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.005)


@asynccontextmanager
async def _worker(addresses: Addresses, sendgrid: StandIn) -> AsyncIterator[None]:
    variables = {
        **os.environ,
        "DATABASE_URL": addresses.database_url,
        "REDIS_URL": addresses.redis_url,
        "SECRET_KEY": "of the benchmark, long enough for any use",
        "SENDGRID_API_KEY": API_KEY,
        "SENDGRID_URL": sendgrid.url,
        "LOG_LEVEL": "warning",
        **SENDER,
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "digital_days.worker", env=variables)
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


async def _client_alone(sendgrid: StandIn, folder: Path) -> float:
    """What SendGrid's own client posts a second from one process, with as many threads as the worker has."""
    ready_made = folder / "request.json"
    ready_made.write_text(json.dumps(sendgrid.accepted[0]))
    command = [sys.executable, "-m", "benchmarks.tickets", sendgrid.url, str(ready_made)]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    return float(said)


def post_alone(url: str, ready_made: Path) -> float:
    """Requests a second."""
    request: dict[str, Any] = json.loads(ready_made.read_text())
    client = SendGridAPIClient(API_KEY, host=url).client
    started = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for _ in threads.map(lambda _number: client.mail.send.post(request_body=request), range(TICKETS)):
            pass
    return TICKETS / (time.perf_counter() - started)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(post_alone(sys.argv[1], Path(sys.argv[2])))
    else:
        asyncio.run(main())
