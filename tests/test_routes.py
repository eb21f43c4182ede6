"""The route table: every route says who may use it, strangers get no further than that, and reading changes nothing."""

from collections.abc import AsyncIterator

import httpx
import pytest

from digital_days.kernel.permissions import OPEN_TO_ALL, Permission
from tests.live_site import samples_of
from tests.pages import ROUTES, Route, address
from tests.product import Product

READING = [route for route in ROUTES if route.reads]
WRITING = [route for route in ROUTES if "POST" in route.methods]
GUARDED = [route for route in ROUTES if route.permission not in OPEN_TO_ALL and "HEAD" not in route.methods]
FOR_ROLES = [route for route in GUARDED if route.permission is not Permission.SIGNED_IN]
BY_LINK = [route for route in ROUTES if route.permission is Permission.SIGNED_LINK]
TAKES = {
    **dict.fromkeys(
        (
            "compte",
            "mon-agenda",
            "mon-billet",
            "mes-places",
            "mes-attentes",
            "mon-attestation",
            "mes-groupes",
            "mon-kiosque",
        ),
        Permission.SIGNED_IN,
    ),
    "mes-contacts": Permission.SIGNED_IN,
    "mes-rencontres": Permission.SIGNED_IN,
    **dict.fromkeys(("accueil", "portes"), Permission.DESK),
    "organisation": Permission.ORGANISE,
}
LEADS_ON = "scheduling:form-address"  # to the page that the form stands on
NOTHING_THERE = "litestar._openapi"  # the framework's own 404 under /api/v1


def _name(route: Route) -> str:
    return f"{'+'.join(sorted(route.methods))} {route.path}"  # the framework's own routes have new names each time


@pytest.fixture
async def stranger(product: Product) -> AsyncIterator[httpx.AsyncClient]:
    async with product.browser() as browser:
        yield browser


@pytest.fixture
async def attendee(stranger: httpx.AsyncClient, product: Product) -> httpx.AsyncClient:
    """Bob is known here, and holds no role."""
    stranger.cookies.set("session", await product.session("bob@example.ca"))
    return stranger


async def ask(browser: httpx.AsyncClient, route: Route, path: str) -> httpx.Response:
    return await browser.request("GET" if route.reads else "POST", path)


def test_every_route_names_one_permission():
    assert [route for route in ROUTES if not isinstance(route.permission, Permission)] == []


def test_address_says_who_may_use_it():
    """The tests below believe what a route declares; this one knows it without."""
    behind = {route.name: place for route in ROUTES for place in route.path.split("/")[1:3] if place in TAKES}

    assert {route.name: route.permission for route in ROUTES if route.name in behind} == {
        name: TAKES[place] for name, place in behind.items()
    }
    assert {route.name for route in GUARDED} <= set(behind)


def test_names_are_unique():
    names = [route.name for route in ROUTES if "openapi" not in route.name]

    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("route", [route for route in READING if route.permission in OPEN_TO_ALL], ids=_name)
async def test_stranger_reads_what_is_open(stranger: httpx.AsyncClient, samples: dict[str, str], route: Route):
    expected = 404 if route.name.startswith(NOTHING_THERE) else 303 if route.name == LEADS_ON else 200

    answer = await ask(stranger, route, address(route, {**samples, "path": "x"}))

    assert answer.status_code == expected


@pytest.mark.parametrize("route", [route for route in WRITING if route.permission in OPEN_TO_ALL], ids=_name)
async def test_stranger_who_sends_nothing_is_told_so_kindly(
    stranger: httpx.AsyncClient, samples: dict[str, str], route: Route
):
    answer = await ask(stranger, route, address(route, {**samples, "token": "wrong.link"}))

    assert answer.status_code in (303, 400, 404, 415, 422)


@pytest.mark.parametrize("route", GUARDED, ids=_name)
async def test_stranger_signs_in_before_what_is_not_open(
    stranger: httpx.AsyncClient, samples: dict[str, str], route: Route
):
    path = address(route, samples)

    answer = await ask(stranger, route, path)

    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/connexion")


@pytest.mark.parametrize("route", FOR_ROLES, ids=_name)
async def test_attendee_may_not_use_what_takes_a_role(
    attendee: httpx.AsyncClient, samples: dict[str, str], route: Route
):
    answer = await ask(attendee, route, address(route, samples))

    assert answer.status_code == 403


@pytest.mark.parametrize("route", FOR_ROLES, ids=_name)
async def test_role_in_one_edition_opens_nothing_in_another(
    stranger: httpx.AsyncClient, product: Product, samples: dict[str, str], route: Route
):
    stranger.cookies.set("session", await product.session("alice@example.ca"))

    answer = await ask(stranger, route, address(route, {**samples, "edition_slug": "cafe2028"}))

    assert answer.status_code == 403


@pytest.mark.parametrize("route", BY_LINK, ids=_name)
@pytest.mark.parametrize("token", ["x", "QQQQQQQQQQ", "../../etc/passwd", "A" * 300])
async def test_link_that_nobody_signed_opens_nothing(stranger: httpx.AsyncClient, route: Route, token: str):
    answer = await ask(stranger, route, route.path.replace("{token}", token.replace("/", "%2F")))

    assert answer.status_code == 404


async def test_reading_twice_changes_nothing(stranger: httpx.AsyncClient, product: Product):
    """Everything is whole when it is read, and its owner reads what is theirs: nothing is left that was not done."""
    samples = {**await samples_of(product, "Dominique Roy", "dominique@example.ca"), "path": "x"}
    sessions = {who: await product.session(f"{who}@example.ca") for who in ("alice", "dominique")}
    for attempt in (1, 2):  # meanwhile the worker may promise a mail by the clock, once
        await product.settled()
        before = await product.fingerprints()
        statuses = {}
        for route in READING:
            stranger.cookies.set("session", sessions["alice" if route in FOR_ROLES else "dominique"])
            path = address(route, samples)
            statuses[route.name] = {(await stranger.request("GET", path)).status_code for _twice in (1, 2)}
        after = await product.fingerprints()
        if after == before or attempt == 2:
            break

    assert after == before
    answers = {name: codes for name, codes in statuses.items() if not name.startswith(NOTHING_THERE)}
    assert answers == {name: {303} if name in ("site:sign-in", LEADS_ON) else {200} for name in answers}


async def test_sign_in_link_still_works_after_a_scanner_has_opened_it_twice(
    stranger: httpx.AsyncClient, product: Product
):
    path = f"/connexion/{await product.sign_in_link('bob@example.ca')}"

    looked = [(await stranger.get(path)).status_code for _twice in (1, 2)]
    used = await stranger.post(path, data={"confirm": "yes"})

    assert looked == [200, 200]
    assert (used.status_code, "session" in used.cookies) == (303, True)
