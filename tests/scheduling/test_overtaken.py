"""Somebody who is always too late is told so, after a few tries."""

from collections.abc import AsyncIterator

import httpx
import pytest

from digital_days.kernel import database
from tests.factories import make_activity, make_edition, make_slot
from tests.scheduling.overtaken import EVERYBODY_IS_FASTER, NOBODY_IS_FASTER

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
async def everybody_is_faster(committed: None) -> AsyncIterator[None]:
    for statement in EVERYBODY_IS_FASTER:
        await database.fetch(statement)
    yield
    for statement in NOBODY_IS_FASTER:
        await database.fetch(statement)


@pytest.mark.usefixtures("everybody_is_faster")
async def test_refusal_is_a_sentence_after_five_tries(client: httpx.AsyncClient):
    slot = await make_slot(await make_activity(await make_edition()))
    request = {"slot": slot.code, "name": "Bob", "email": "bob@example.ca", "consents": ["registration"]}

    answer = await client.post("/api/v1/registrations", json=request)

    assert (answer.status_code, answer.json()["detail"].split(".")[0]) == (
        409,
        "Beaucoup de personnes s’inscrivent en ce moment",
    )
    [tries] = await database.fetch("SELECT last_value FROM tries")
    assert tries["last_value"] == 5
    assert await database.fetch("SELECT FROM person") == []
