"""A person sees and changes their own answers, by the mail's link or signed in, until the activity begins."""

import httpx
import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.private_links import private_path
from scheduling.domain.activity_rules import Rules
from scheduling.domain.rule_writing import ruled_activity
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, Made, make_person
from tests.scheduling.planning import errors_of, found
from tests.scheduling.ruled import DIET, LEVEL, ask, ruled_slot, say_rules

pytestmark = pytest.mark.usefixtures("db")


async def bobs_place() -> tuple[Made, Made, int, str]:
    edition, activity, slot = await ruled_slot(Rules(questions=(LEVEL,)))
    bob = await make_person()
    place = (await ask(slot, bob, answers={"LEVEL": "1"})).code
    return edition, activity, bob, place


async def answers_of(place: str) -> str:
    [row] = await database.fetch("SELECT answers::text FROM place WHERE code = $1", place)
    return str(row["answers"])


@pytest.mark.parametrize("by_link", [True, False])
async def test_person_changes_an_answer(client: httpx.AsyncClient, by_link: bool):
    _edition, _activity, bob, place = await bobs_place()
    path = private_path("scheduling:place", "place", place) if by_link else f"/jn2027/mes-places/{place}"
    if not by_link:
        await sign_in(client, bob)

    before = await client.get(path)
    refused = await client.post(f"{path}/reponses", data={"q-LEVEL": "7"})
    unchanged = await answers_of(place)
    saved = await client.post(f"{path}/reponses", data={"q-LEVEL": "2"})

    assert found(before, "//input[@name='q-LEVEL'][@checked]/@value") == ["1"]
    assert (refused.status_code, list(errors_of(refused)), unchanged) == (422, ["q-LEVEL"], '{"LEVEL": "1"}')
    assert (saved.status_code, saved.headers["location"], await answers_of(place)) == (303, path, '{"LEVEL": "2"}')


async def test_question_added_since_has_no_answer_yet(client: httpx.AsyncClient):
    edition, activity, _bob, place = await bobs_place()
    version = (await ruled_activity(edition.id, activity.code, code="", title_fr="", title_en="")).version
    await say_rules(edition, activity, Rules(questions=(LEVEL, DIET)), version=version)

    page = await client.get(private_path("scheduling:place", "place", place))

    assert "Il reste 1 question sans réponse." in page.text.replace("\xa0", " ")
    assert found(page, "//input[@name='q-DIET']/@value") == [""]


async def test_nothing_changes_once_the_activity_has_begun(client: httpx.AsyncClient):
    _edition, _activity, _bob, place = await bobs_place()
    path = private_path("scheduling:place", "place", place)

    with clock.stopped_at(IN_A_YEAR):
        page = await client.get(path)
        answer = await client.post(f"{path}/reponses", data={"q-LEVEL": "2"})

    assert (answer.status_code, await answers_of(place)) == (303, '{"LEVEL": "1"}')
    assert found(page, "//*[@name='q-LEVEL']") == []
    assert "Débutant" in page.text


async def test_answers_of_somebody_else_are_out_of_reach(client: httpx.AsyncClient):
    _edition, _activity, _bob, place = await bobs_place()
    await sign_in(client, await make_person("Charlie Roy", "charlie@example.ca"))

    seen = await client.get(f"/jn2027/mes-places/{place}")
    sent = await client.post(f"/jn2027/mes-places/{place}/reponses", data={"q-LEVEL": "2"})

    assert (seen.status_code, sent.status_code, await answers_of(place)) == (404, 404, '{"LEVEL": "1"}')
