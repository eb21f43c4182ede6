"""Whether the program can serve, and what it goes without."""

import asyncio

import httpx
import pytest
from litestar import Litestar

from digital_days.kernel import database, wake
from digital_days.kernel.settings import Settings
from digital_days.site.health import state_of


async def test_health_is_ok_when_everything_answers(client: httpx.AsyncClient):
    answer = await client.get("/health/ready")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok", "valkey": "ok"})


@pytest.mark.parametrize("state", ["refused", "unreachable"])
async def test_health_says_what_is_degraded_when_valkey_is_lost(
    client: httpx.AsyncClient, app: Litestar, settings: Settings, monkeypatch: pytest.MonkeyPatch, state: str
):
    wrong = {
        "refused": str(settings.redis_url).replace("redis://:", "redis://:not-"),
        "unreachable": "redis://127.0.0.1:9",
    }
    lost = wake.valkey(wrong[state])
    monkeypatch.setattr(app.state, "redis", lost)

    answer = await client.get("/health/ready")

    assert (answer.status_code, answer.json()) == (200, {"status": "degraded", "database": "ok", "valkey": state})
    await lost.aclose()


async def test_health_is_unavailable_when_the_database_is_lost(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(database.DB, "pool", None)
    monkeypatch.setitem(database.DB.config, "dsn", "postgresql://nobody@127.0.0.1:9/nothing")

    answer = await client.get("/health/ready")

    expected = {"status": "unavailable", "database": "unreachable", "valkey": "ok"}
    assert (answer.status_code, answer.json()) == (503, expected)


async def test_health_does_not_wait_for_a_server_that_hangs_and_hears_no_cancellation():
    released = asyncio.Event()

    async def hangs() -> None:
        while not released.is_set():
            try:
                await released.wait()
            except asyncio.CancelledError:
                continue

    assert await asyncio.wait_for(state_of(hangs()), 5) == "unreachable"
    released.set()
    await asyncio.sleep(0)
