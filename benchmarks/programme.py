"""The programme's page a second, whole and as a 304, beside Granian answering the same bytes out of memory."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import httpx
from msgspec import Struct

from benchmarks.constant_page import constant_page
from benchmarks.report import report
from digital_days.assets import node_command
from digital_days.composition import plug_in
from digital_days.embedded import servers
from digital_days.kernel import database
from digital_days.kernel.settings import Settings
from digital_days.migrations import migrate
from digital_days.sample.loader import load_sample
from tests.running_server import ROOT, web_server

CLIENTS = 32
SECONDS = int(os.environ.get("SECONDS", "8"))
WARM_UP = 2
GENERATOR = ROOT / "digital_days/kernel/static/node_modules/autocannon/autocannon.js"
PAGE = "/jn2027/programme"


class Load(Struct):
    """What the generator saw."""

    rate: float
    p50: float
    p99: float


def fire(address: str, status: int, headers: Mapping[str, str], *, seconds: int = SECONDS) -> Load:
    """Asks for the address as often as it is answered; another status than the expected one ends the run."""
    command = [node_command() or "node", str(GENERATOR), "-c", str(CLIENTS), "-d", str(seconds), "--json"]
    for name, value in headers.items():
        command += ["-H", f"{name}={value}"]
    done = subprocess.run([*command, address], check=True, capture_output=True, text=True)
    said = json.loads(done.stdout)
    if list(said["statusCodeStats"]) != [str(status)] or said["errors"]:
        sys.exit(f"{address}: {said['statusCodeStats']}, errors {said['errors']}")
    return Load(said["requests"]["average"], said["latency"]["p50"], said["latency"]["p99"])


def measure(name: str, address: str, status: int, body: Path, headers: Mapping[str, str]) -> None:
    """One figure, and its ceiling right after it: the machine is the same for both."""
    fire(address, status, headers, seconds=WARM_UP)
    load = fire(address, status, headers)
    with constant_page(body) as constant:
        fire(constant, 200, {}, seconds=WARM_UP)
        most = fire(constant, 200, {})
    report(
        name=name,
        value=load.rate,
        unit="requests/s",
        ceiling=most.rate,
        ceiling_name="Granian, the same bytes, no work",
        p50_ms=load.p50,
        p99_ms=load.p99,
    )


async def prepare(url: str, redis_url: str) -> Settings:
    """The sample editions in a fresh database."""
    settings = Settings(database_url=url, redis_url=redis_url, secret_key="benchmark " * 4)
    await migrate(settings)
    plug_in()
    database.connect_to(url)
    await load_sample()
    return settings


def run(url: str, redis_url: str, folder: Path) -> None:
    """All figures, one after the other, on one server."""
    settings = asyncio.run(prepare(url, redis_url))
    with web_server(settings) as server:
        address = server + PAGE
        with httpx.stream("GET", address, headers={"accept-encoding": "gzip"}) as packed:
            etag = packed.headers["etag"]
            bodies = {"gzip": b"".join(packed.iter_raw()), "plain": httpx.get(address).content, "nothing": b""}
        files = {name: folder / f"{name}.body" for name in bodies}
        for name, body in bodies.items():
            files[name].write_bytes(body)
        print(f"the page: {len(bodies['plain'])} bytes, compressed {len(bodies['gzip'])}")
        gzip = {"accept-encoding": "gzip"}
        measure("programme", address, 200, files["gzip"], gzip)
        measure("programme_uncompressed", address, 200, files["plain"], {})
        measure("programme_304", address, 304, files["nothing"], gzip | {"if-none-match": etag})


def main() -> None:
    """Private servers with fsync on, for the length of the run."""
    with tempfile.TemporaryDirectory(prefix="digital-days-bench-") as folder, servers(Path(folder)) as addresses:
        run(addresses.database_url, addresses.redis_url, Path(folder))


if __name__ == "__main__":
    main()
