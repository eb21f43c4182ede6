"""What browsers are told, word for word: a weaker policy or cookie would work just as well, so nobody would notice."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from litestar import Litestar

from digital_days.app import outermost
from digital_days.kernel.settings import current
from digital_days.kernel.web.sessions import secret_cookie
from digital_days.kernel.web.templates import asset
from tests.factories import make_person
from tests.scheduling.registered import registered

pytestmark = pytest.mark.usefixtures("db")

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

KEPT_TO_OURSELVES = {
    "referrer-policy": ["same-origin"],  # a ticket's address opens it: no other site learns where one came from
    "cross-origin-opener-policy": ["same-origin"],
    "cross-origin-resource-policy": ["same-origin"],
    "permissions-policy": ["camera=(self), geolocation=(), microphone=(), payment=()"],
}


@pytest.fixture
def over_https(app: Litestar, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("BASE_URL", "https://test.example")
    current.cache_clear()
    yield
    monkeypatch.undo()
    current.cache_clear()


def attributes(cookie: str) -> tuple[str, list[str]]:
    """The name, and everything behind the value."""
    pair, *rest = cookie.split("; ")
    return pair.partition("=")[0], sorted(rest)


@pytest.mark.parametrize("path", ["/", "/connexion", "/no/such/page", "/health/live"])
async def test_policy_allows_nothing_inline_and_nothing_from_elsewhere(client: httpx.AsyncClient, path: str):
    answer = await client.get(path)

    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "strict-transport-security" not in answer.headers


async def test_other_sites_learn_no_address_and_get_no_hold_of_pages_answers_and_files(client: httpx.AsyncClient):
    bob = await registered()
    paths = ["/", bob.ticket_link, "/billet/x", "/api/v1/programme", asset("app.css")]

    answers = [await client.get(path) for path in paths]

    assert [answer.status_code for answer in answers] == [200, 200, 404, 200, 200]
    for answer in answers:
        assert {name: answer.headers.get_list(name) for name in KEPT_TO_OURSELVES} == KEPT_TO_OURSELVES, answer.url


@pytest.mark.usefixtures("over_https")
async def test_browser_is_told_to_stay_on_https_when_we_are_reached_by_it(app: Litestar):
    transport = httpx.ASGITransport(app=outermost(app))  # type: ignore[arg-type] # as in conftest
    async with httpx.AsyncClient(transport=transport, base_url="https://test.example") as browser:
        answer = await browser.get("/health/live")

    assert answer.headers["strict-transport-security"] == "max-age=31536000"


async def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites_when_set(client: httpx.AsyncClient):
    await make_person("Bob Tremblay", "bob@example.ca")

    answer = await client.post(
        "/connexion", data={"email": "bob@example.ca"}, headers={"origin": "http://test.example"}
    )

    cookies = [attributes(cookie) for cookie in answer.headers.get_list("set-cookie")]
    assert cookies
    for _name, said in cookies:
        assert [each for each in said if not each.startswith("Max-Age")] == ["HttpOnly", "Path=/", "SameSite=lax"]


@pytest.mark.usefixtures("app")
def test_cookie_is_whole_over_http():
    cookie = secret_cookie("session", "x", timedelta(days=30)).to_header(header="")

    assert attributes(cookie) == ("session", ["HttpOnly", "Max-Age=2592000", "Path=/", "SameSite=lax"])


@pytest.mark.usefixtures("over_https")
def test_cookie_is_bound_to_the_host_and_to_tls_over_https():
    cookie = secret_cookie("session", "x", timedelta(days=30)).to_header(header="")

    assert attributes(cookie) == ("__Host-session", ["HttpOnly", "Max-Age=2592000", "Path=/", "SameSite=lax", "Secure"])
