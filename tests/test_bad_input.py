"""The route table against what no browser of ours sends: a mistake of the sender is never a failure of ours."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from digital_days.kernel import editions
from digital_days.kernel.permissions import Role
from tests.pages import ROUTES, Route, address, parameters
from tests.product import EDITION, Product

# What gets past the gate that tests/kernel/web/test_malformed.py is about.
BAD_TEXTS = ["9" * 40, f"-{'9' * 40}", "2147483648", "a" * 150, "%F0%9F%8E%AB", "%2F%2Fevil.example"]
QUERIES = (
    *("q", "jour", "plage", "to", "name", "next", "edition", "genre", "partie", "page"),
    *("besoins", "modele", "manque", "etat", "categorie", "kiosque", "nouveau", "order"),
)
BAD_QUERY_TEXTS = ("%FF%FE", "%ED%A0%80", "a" * 400, "%0D%0Ax:y")
FIELDS = (
    *("name", "email", "consent", "next", "confirm", "session", "locale", "ticket", "form_code", "slots", "edition"),
    *("title_fr", "slot_day", "text", "do"),
)
BAD_FIELDS = ["\x00", "a\x00@example.ca", "9" * 40, "\ufdfa" * 200, "\r\n"]


def _name(route: Route) -> str:
    return f"{'+'.join(sorted(route.methods))} {route.path}"


def bad_paths(route: Route, samples: dict[str, str]) -> Iterator[str]:
    """Each parameter spoilt by itself, so that the ones before it lead there."""
    for spoilt in parameters(route.path):
        for text in BAD_TEXTS:
            yield address(route, {**samples, "path": "x", spoilt: text, f"{route.name}:{spoilt}": text})


@pytest.fixture(scope="module")
async def denise(product: Product) -> str:
    """An organiser of whom no other test knows: some forms sign her out everywhere."""
    await product.person("Denise Roy", "denise@example.ca", role=Role.ORGANISER)
    return "denise@example.ca"


@pytest.fixture
async def organiser(product: Product, denise: str) -> AsyncIterator[httpx.AsyncClient]:
    async with product.browser() as browser:
        browser.cookies.set("session", await product.session(denise))
        before = await _public_face(product)
        yield browser
    if await _public_face(product) != before:  # some buttons do what they say without a field
        await product.database.execute(
            "UPDATE edition SET english_ground_fr = $2, english_ground_en = $3, announced = $4 WHERE id = $1", *before
        )
        await asyncio.sleep(editions.FRESH_FOR)


async def _public_face(product: Product) -> tuple[object, ...]:
    """What of the edition other tests go by."""
    row = await product.database.fetchrow(
        "SELECT id, english_ground_fr, english_ground_en, announced FROM edition WHERE slug = $1", EDITION
    )
    return tuple(row)


def failures(answers: dict[str, int]) -> dict[str, int]:
    return {asked: status for asked, status in answers.items() if status >= 500}


@pytest.mark.parametrize("route", [route for route in ROUTES if "{" in route.path], ids=_name)
async def test_spoilt_address_is_no_failure(organiser: httpx.AsyncClient, samples: dict[str, str], route: Route):
    method = "GET" if route.reads else "POST"

    answers = {path: (await organiser.request(method, path)).status_code for path in bad_paths(route, samples)}

    assert failures(answers) == {}


@pytest.mark.parametrize("route", [route for route in ROUTES if route.reads], ids=_name)
async def test_spoilt_query_is_no_failure(organiser: httpx.AsyncClient, samples: dict[str, str], route: Route):
    path = address(route, {**samples, "path": "x"})

    answers = {text: (await organiser.get(f"{path}?{_all_of(text)}")).status_code for text in BAD_QUERY_TEXTS}
    if 400 in answers.values():  # one was refused, and what comes after it was not read
        one_by_one = [f"{name}={text}" for name in QUERIES for text, status in answers.items() if status == 400]
        answers |= {query: (await organiser.get(f"{path}?{query}")).status_code for query in one_by_one}

    assert failures(answers) == {}


def _all_of(text: str) -> str:
    return "&".join(f"{name}={text}" for name in QUERIES)


@pytest.mark.parametrize("route", [route for route in ROUTES if "POST" in route.methods], ids=_name)
async def test_spoilt_form_is_no_failure(organiser: httpx.AsyncClient, samples: dict[str, str], route: Route):
    path = address(route, {**samples, "token": "wrong.link", f"{route.name}:token": "wrong.link"})

    answers = {text[:20]: await _sent(organiser, path, dict.fromkeys(FIELDS, text)) for text in BAD_FIELDS}

    assert failures(answers) == {}


async def _sent(browser: httpx.AsyncClient, path: str, form: dict[str, str]) -> int:
    """The answer's status; 0 where the server, which need not read a form it has no use for, closed first."""
    try:
        return (await browser.post(path, data=form, headers={"connection": "close"})).status_code
    except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):  # RFC 9112, section 9.6
        assert (await browser.get("/health/live")).status_code == 200
        return 0
