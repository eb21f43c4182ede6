"""What organisers have asked since somebody joined the line is asked before they accept the seat kept for them."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from digital_days.kernel import database
from digital_days.kernel.private_links import private_path
from scheduling.domain.activity_rules import NO_RULES, Rules
from scheduling.domain.places import cancel_place
from scheduling.domain.rule_writing import ruled_activity
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, Made, make_activity, make_person, make_slot
from tests.scheduling.lines import counted, states
from tests.scheduling.planning import errors_of, found
from tests.scheduling.ruled import DIET, LEVEL, ask, ruled_slot, say_rules

pytestmark = pytest.mark.usefixtures("db")

SINCE = Rules(prerequisites_fr="Apporter un portable.", questions=(DIET, LEVEL))


async def offered(client: httpx.AsyncClient, before: Rules, since: Rules, *, by_link: bool = True, **said: Any):
    """Ginette has joined under the rules before, and is offered the seat under those since; the page and the slot."""
    edition, activity, slot = await ruled_slot(before, seats=1)
    bob, ginette = await make_person(), await make_person("Ginette Roy", "ginette@example.ca")
    place = (await ask(slot, bob)).code
    entry = (await ask(slot, ginette, wait=True, **said)).code
    await say_since(edition, activity, since)
    await cancel_place(place)
    if by_link:
        return private_path("scheduling:waiting", "wait", entry), slot
    await sign_in(client, ginette)
    return f"/jn2027/mes-attentes/{entry}", slot


async def say_since(edition: Made, activity: Made, rules: Rules) -> None:
    version = (await ruled_activity(edition.id, activity.code, code="", title_fr="", title_en="")).version
    await say_rules(edition, activity, rules, version=version)


async def ginettes() -> tuple[str, str]:
    [row] = await database.fetch(
        "SELECT p.state, p.answers::text FROM place p JOIN person w ON w.id = p.person WHERE w.name = 'Ginette Roy'"
    )
    return row["state"], row["answers"]


@pytest.mark.parametrize("by_link", [True, False])
async def test_question_asked_since_is_answered_with_the_acceptance(client: httpx.AsyncClient, by_link: bool):
    path, slot = await offered(client, Rules(questions=(DIET,)), SINCE, by_link=by_link, answers={"DIET": "Noix"})

    page = await client.get(path)
    refused = await client.post(path, data={"shown": "yes", "q-DIET": "Noix et lait"})
    kept = (await states(slot), await counted(slot), await ginettes())
    accepted = await client.post(
        path, data={"shown": "yes", "q-DIET": "Noix et lait", "q-LEVEL": "2", "prerequisites": "yes"}
    )

    assert found(page, "//input[@name='q-DIET']/@value") == ["Noix"]
    assert found(page, "//input[@name='q-LEVEL'][@checked]") == []
    assert (refused.status_code, sorted(errors_of(refused))) == (422, ["prerequisites", "q-LEVEL"])
    assert found(refused, "//input[@name='q-DIET']/@value") == ["Noix et lait"]
    assert kept == (["offered"], (0, 1), ("refused", '{"DIET": "Noix"}'))
    assert accepted.status_code == 303
    assert (await states(slot), await ginettes()) == (
        ["accepted"],
        ("confirmed", '{"DIET": "Noix et lait", "LEVEL": "2"}'),
    )


async def test_nothing_is_asked_twice_where_all_is_answered(client: httpx.AsyncClient):
    rules = Rules(questions=(LEVEL,))
    path, slot = await offered(client, rules, rules, answers={"LEVEL": "1"})

    page = await client.get(path)
    accepted = await client.post(path)

    assert found(page, "//*[@name='q-LEVEL']") == []
    assert (accepted.status_code, await states(slot), await ginettes()) == (
        303,
        ["accepted"],
        ("confirmed", '{"LEVEL": "1"}'),
    )


async def test_page_opened_before_the_question_was_asked_shows_it_and_keeps_what_was_answered(
    client: httpx.AsyncClient,
):
    path, slot = await offered(client, Rules(questions=(DIET,)), SINCE, answers={"DIET": "Noix"})

    answer = await client.post(path)

    assert (answer.status_code, sorted(errors_of(answer))) == (422, ["prerequisites", "q-LEVEL"])
    assert found(answer, "//input[@name='q-DIET']/@value") == ["Noix"]
    assert (await states(slot), await counted(slot)) == (["offered"], (0, 1))


async def test_answer_taken_back_is_not_kept(client: httpx.AsyncClient):
    path, _slot = await offered(
        client, NO_RULES, Rules(prerequisites_fr="Un portable.", questions=(DIET,)), answers={"DIET": "Noix"}
    )

    await client.post(path, data={"shown": "yes", "q-DIET": "", "prerequisites": "yes"})

    assert await ginettes() == ("confirmed", "{}")


async def test_answers_come_along_where_the_seat_is_taken_instead_of_another(client: httpx.AsyncClient):
    path, slot = await offered(client, NO_RULES, Rules(questions=(LEVEL,)))
    [ginette] = await database.fetch("SELECT id FROM person WHERE name = 'Ginette Roy'")
    [edition] = await database.fetch("SELECT id FROM edition WHERE slug = 'jn2027'")
    other = await make_slot(
        await make_activity(Made(edition["id"], "jn2027"), "Autre"), starts_at=IN_A_YEAR + timedelta(days=1)
    )
    place = (await ask(other, ginette["id"])).code
    for table, code in (("slot", "code"), ("agenda_entry", "source_code")):  # a release moves it under the offer
        await database.fetch(
            f"UPDATE {table} SET starts_at = starts_at - interval '1 day', ends_at = ends_at - interval '1 day' "
            f"WHERE {code} = $1",
            other.code if table == "slot" else place,
        )

    page = await client.get(path)
    accepted = await client.post(path, data={"shown": "yes", "q-LEVEL": "2"})

    assert "Accepter la place et annuler l’autre" in page.text
    assert (accepted.status_code, await states(slot)) == (303, ["accepted"])
    rows = await database.fetch("SELECT state, answers::text FROM place WHERE person = $1 ORDER BY id", ginette["id"])
    assert [(row["state"], row["answers"]) for row in rows] == [("confirmed", '{"LEVEL": "2"}'), ("cancelled", "{}")]
