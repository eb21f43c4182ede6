"""Whether the program can serve, and what it goes without."""

import httpx
import pytest
from litestar import Litestar

from digital_days.kernel import wake
from digital_days.kernel.settings import Settings

pytestmark = pytest.mark.usefixtures("db")


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
