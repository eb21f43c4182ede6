"""Under which names we answer, and to whom the mailbox is shown."""

import re

import httpx
import pytest
from litestar import Litestar
from msgspec import structs

from digital_days.app import outermost
from digital_days.kernel.settings import Settings
from digital_days.kernel.web.hosts import names_of
from digital_days.running import children
from digital_days.running.addresses import EVERYWHERE
from tests.factories import make_edition

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize("path", ["/", "/courrier", "/en/connexion", "/health/live"])
@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8383", "test.example.evil.example", "192.0.2.1", "[2001:db8::1]:80"]
)
async def test_host_of_somebody_else_is_refused_as_a_page(client: httpx.AsyncClient, host: str, path: str):
    await make_edition()  # opens English

    answer = await client.get(path, headers={"host": host})

    assert (answer.status_code, answer.headers["content-type"]) == (421, "text/html; charset=utf-8")
    assert "content-security-policy" in answer.headers
    assert "evil" not in answer.text


async def test_host_of_somebody_else_is_refused_as_a_problem(client: httpx.AsyncClient):
    answer = await client.get("/api/v1/editions", headers={"host": "evil.example"})

    assert (answer.status_code, answer.headers["content-type"]) == (421, "application/problem+json")


async def test_styles_of_the_refusal_are_served(client: httpx.AsyncClient):
    refused = await client.get("/", headers={"host": "evil.example"})
    [styles] = re.findall(r'href="(/static/[^"]+\.css)"', refused.text)[:1]

    answer = await client.get(styles, headers={"host": "evil.example"})

    assert answer.status_code == 200


async def test_second_host_is_refused(client: httpx.AsyncClient):
    answer = await client.get("/", headers=[("host", "test.example"), ("host", "evil.example")])

    assert answer.status_code == 421


@pytest.mark.parametrize("host", ["TEST.example", "test.example.:80", "localhost", "127.0.0.2:1", "[::1]"])
async def test_own_host_is_answered(client: httpx.AsyncClient, host: str):
    answer = await client.get("/health/live", headers={"host": host})

    assert answer.status_code == 200


def test_names_are_the_public_one_and_those_allowed(settings: Settings):
    given = structs.replace(settings, host=EVERYWHERE[0], allowed_hosts="Other.example, 192.0.2.9")

    assert names_of(given) == {"test.example", EVERYWHERE[0], "other.example", "192.0.2.9"}


@pytest.mark.parametrize(("host", "allowed"), [(EVERYWHERE[0], "a.example,192.0.2.9"), ("127.0.0.1", "a.example")])
def test_own_addresses_are_allowed_when_the_network_is_let_in(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, host: str, allowed: str
):
    monkeypatch.setattr(children, "network_addresses", lambda: ["192.0.2.9"])
    given = structs.replace(settings, host=host, allowed_hosts="a.example")

    assert children.environment({}, given, None)["ALLOWED_HOSTS"] == allowed


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.7", {}, 404),
        ("127.0.0.1", {"x-forwarded-for": "8.8.8.8"}, 404),
        ("127.0.0.1", {"x-forwarded-for": "127.0.0.1"}, 404),
        ("127.0.0.1", {"x-forwarded-host": "a.example"}, 404),
        ("127.0.0.1", {"forwarded": "for=8.8.8.8"}, 404),
    ],
)
async def test_mailbox_is_shown_only_to_whoever_sits_at_the_machine(
    app: Litestar, peer: str, headers: dict[str, str], status: int
):
    transport = httpx.ASGITransport(app=outermost(app), client=(peer, 1))  # type: ignore[arg-type] # as in conftest
    async with httpx.AsyncClient(transport=transport, base_url="http://test.example") as browser:
        answer = await browser.get("/courrier", headers=headers)

    assert answer.status_code == status
