"""The API's description: only what programs may use, and what they really read."""

from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # ships no types

from digital_days.kernel import database
from tests.factories import make_activity, make_edition, make_slot

pytestmark = pytest.mark.usefixtures("db")

REGISTRATIONS, PROGRAMME = "/api/v1/registrations", "/api/v1/programme"


@pytest.fixture
async def document(client: httpx.AsyncClient) -> dict[str, Any]:
    described: dict[str, Any] = (await client.get("/api/v1/openapi.json")).json()
    return described


@pytest.fixture
async def slot() -> str:
    return (await make_slot(await make_activity(await make_edition()), seats=1)).code


def differences(document: dict[str, Any], answer: httpx.Response) -> list[str]:
    """Where the answer is not what is announced for this status and media type."""
    operation = document["paths"][answer.request.url.path][answer.request.method.lower()]
    announced = operation["responses"][str(answer.status_code)]["content"][answer.headers["content-type"]]["schema"]
    whole = {**announced, "components": document["components"]}
    return [error.message for error in Draft202012Validator(whole).iter_errors(answer.json())]


async def answers(client: httpx.AsyncClient, slot: str) -> list[httpx.Response]:
    wanted = {"slot": slot, "name": "Bob", "email": "bob@example.ca", "consents": ["registration"]}
    abroad = {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
    return [
        await client.get(PROGRAMME),
        await client.get(PROGRAMME, params={"edition": "nope"}),
        await client.get(PROGRAMME, params={"edition": "x" * 41}),
        await client.get(PROGRAMME, params={"edition": "\x00"}),
        await client.post(REGISTRATIONS, json=wanted),
        await client.post(REGISTRATIONS, json=wanted | {"email": "charlie@example.ca"}),
        await client.post(REGISTRATIONS, json=wanted | {"slot": "NOSUCHSLOT"}),
        await client.post(REGISTRATIONS, json=wanted | {"surprise": 1}),
        await client.post(REGISTRATIONS, json=[]),
        await client.post(REGISTRATIONS, json=wanted, headers={"idempotency-key": " "}),
        await client.post(REGISTRATIONS, content=b"{", headers={"content-type": "application/json"}),
        await client.post(REGISTRATIONS, content=b"{}"),
        await client.post(REGISTRATIONS, content=b" " * 1_000_001, headers={"content-type": "application/json"}),
        await client.post(REGISTRATIONS, json=wanted, headers=abroad),
        *[await client.post(REGISTRATIONS, json=wanted) for _ in range(12)][-1:],
    ]


async def test_only_what_programs_may_use_is_described(document: dict[str, Any]):
    assert sorted(document["paths"]) == [PROGRAMME, REGISTRATIONS]


async def test_answers_are_what_the_description_announces(
    client: httpx.AsyncClient, document: dict[str, Any], slot: str
):
    got = await answers(client, slot)

    assert [answer.status_code for answer in got] == [
        *(200, 404, 422, 400),
        *(201, 409, 404, 422, 422, 422, 400, 415, 413, 403, 429),
    ]
    assert [(answer.status_code, found) for answer in got if (found := differences(document, answer))] == []


async def test_failure_is_what_the_description_announces(
    client: httpx.AsyncClient, document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
):
    async def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(database, "fetch", broken)
    monkeypatch.setattr(database, "fetch_one", broken)

    answer = await client.get(PROGRAMME, params={"edition": "x"})

    assert (answer.status_code, differences(document, answer)) == (500, [])
    assert answer.json()["reference"]


async def test_description_is_the_same_each_time_and_invents_nothing(client: httpx.AsyncClient, document: Any):
    assert "example" not in str(document)
    assert (await client.get("/api/v1/openapi.json")).json() == document
