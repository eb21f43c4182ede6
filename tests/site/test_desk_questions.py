"""The desk asks what an activity's organisers want to know of whoever gets a place there, or leaves it for later."""

import httpx
import pytest

from digital_days.kernel import clock, database
from scheduling.domain.activity_rules import Rules
from scheduling.domain.desk_questions import note_answers
from scheduling.domain.held_places import held_place
from scheduling.domain.place_answers import own_answers
from tests.desk_factories import make_attendee, volunteer_signs_in
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_slot
from tests.scheduling.planning import errors_of, found, texts
from tests.scheduling.ruled import DIET, LEVEL, ruled_slot, say_rules

pytestmark = pytest.mark.usefixtures("db")

ASKING = Rules(prerequisites_fr="Apporter un portable.", questions=(DIET, LEVEL))
FORM = {"form_code": "F1", "name": "Charlie Roy", "language": "fr", "consent": ["registration"]}


async def walk_in(client: httpx.AsyncClient, rules: Rules = ASKING) -> tuple[Made, str, str]:
    """The slot of an activity with these rules, where registering Charlie has led, and the code of the place."""
    edition, _activity, slot = await ruled_slot(rules)
    await volunteer_signs_in(client, edition)
    answer = await client.post("/jn2027/accueil/inscrire", data={**FORM, "slots": [slot.code]})
    [place] = await database.fetch("SELECT code FROM place")
    assert answer.status_code == 303
    return slot, answer.headers["location"], place["code"]


async def kept() -> list[tuple[str, str]]:
    rows = await database.fetch("SELECT audience, answers::text FROM place ORDER BY id")
    return [(row["audience"], row["answers"]) for row in rows]


async def test_registration_leads_to_what_the_activity_asks_and_answers_are_kept(client: httpx.AsyncClient):
    _slot, path, place = await walk_in(client)

    page = await client.get(path)
    answer = await client.post(path, data={f"q-{place}-DIET": "Noix", f"q-{place}-LEVEL": "2"})
    ticket = await client.get(answer.headers["location"])

    assert path.endswith("/questions")
    assert "Inscription faite : Charlie Roy." in page.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Apporter un portable." in page.text
    assert f'name="q-{place}-DIET"' in page.text
    assert texts(page, f"//input[@name='q-{place}-LEVEL']/following-sibling::label") == ["Débutant", "À l’aise"]
    assert (answer.status_code, answer.headers["location"]) == (303, path.removesuffix("/questions"))
    assert ("C’est noté." in ticket.text, "Des questions attendent" in ticket.text) == (True, False)
    assert await kept() == [("", '{"DIET": "Noix", "LEVEL": "2"}')]


async def test_mandatory_question_may_wait_and_is_unanswered_on_the_places_page(client: httpx.AsyncClient):
    _slot, path, place = await walk_in(client)

    page = await client.get(path)
    answer = await client.post(path, data={f"q-{place}-DIET": "Noix"})
    ticket = await client.get(answer.headers["location"])
    again = await client.get(path)

    assert "Tout peut attendre, même les questions obligatoires" in page.text.replace("\N{NO-BREAK SPACE}", " ")
    assert [each.get("href") for each in found(page, "//main//form//a[contains(., 'Plus tard')]")] == [
        path.removesuffix("/questions")
    ]
    said = ticket.text.replace("\N{NO-BREAK SPACE}", " ")
    assert said.count("1 question obligatoire est sans réponse.") == 2  # once after the form, and as long as it is so
    assert f'href="{path}"' in ticket.text
    assert (f"q-{place}-DIET" in again.text, f"q-{place}-LEVEL" in again.text) == (False, True)
    own = await own_answers(await held_place(place))
    assert [(question.code, own.answers.get(question.code)) for question in own.questions] == [
        ("DIET", "Noix"),
        ("LEVEL", None),
    ]


async def test_answers_already_given_are_neither_shown_nor_replaced(client: httpx.AsyncClient):
    _slot, path, place = await walk_in(client)
    await client.get(path)
    await note_answers(place, {"DIET": "Secret", "LEVEL": "1"})  # the person, on their telephone, meanwhile

    again = await client.get(path)
    await client.post(path, data={f"q-{place}-DIET": "Noix", f"q-{place}-LEVEL": "2"})
    await note_answers(place, {"DIET": "Noix"})

    assert ("Secret" in again.text, "Noter les réponses" in again.text) == (False, False)
    assert await kept() == [("", '{"DIET": "Secret", "LEVEL": "1"}')]


async def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client: httpx.AsyncClient):
    _slot, path, place = await walk_in(client)

    answer = await client.post(path, data={f"q-{place}-DIET": "x" * 201, f"q-{place}-LEVEL": "2"})

    assert answer.status_code == 422
    assert errors_of(answer) == {f"q-{place}-DIET": "C’est trop long : 200 caractères au plus."}
    assert [each.get("value") for each in found(answer, "//main//form//input[@type='radio'][@checked]")] == ["2"]
    assert "x" * 201 in answer.text
    assert await kept() == [("", "{}")]


@pytest.mark.parametrize(("said", "kept_as"), [("etudiants", "etudiants"), ("", ""), ("-", None)])
async def test_audience_is_asked_where_seats_are_reserved_for_one(
    client: httpx.AsyncClient, said: str, kept_as: str | None
):
    _slot, path, place = await walk_in(client, Rules(reserved_seats=1, reserved_for="etudiants"))

    page = await client.get(path)
    answer = await client.post(path, data={f"audience-{place}": said})

    assert texts(page, f"//select[@name='audience-{place}']/option") == ["Autre, ou ne le dit pas", "Étudiants"]
    assert answer.status_code == (422 if kept_as is None else 303)
    assert await kept() == [(kept_as or "", "{}")]


async def test_added_activities_are_asked_about_each_under_its_name(client: httpx.AsyncClient):
    edition, _activity, slot = await ruled_slot(ASKING)
    other = await make_activity(edition, "Autre atelier")
    await say_rules(edition, other, Rules(questions=(DIET,)))
    later = await make_slot(other, starts_at=IN_A_YEAR.replace(hour=20))
    plain = await make_slot(await make_activity(edition, "Simple"), starts_at=IN_A_YEAR.replace(hour=23))
    await volunteer_signs_in(client, edition)
    bob = await make_attendee(edition)
    ticket = f"/jn2027/accueil/billets/{bob.code}"

    nothing = await client.post(f"{ticket}/places", data={"slots": [plain.code]})
    both = await client.post(f"{ticket}/places", data={"slots": [slot.code, later.code]})
    page = await client.get(both.headers["location"])
    names = [str(each.get("name")) for each in found(page, "//main//form//input[@type='text']")]
    await client.post(both.headers["location"], data=dict(zip(names, ("Noix", "Lait"), strict=True)))

    assert (nothing.headers["location"], both.headers["location"]) == (ticket, f"{ticket}/questions")
    assert texts(page, "//main//form//h2") == ["Mots de passe solides", "Autre atelier"]
    assert await kept() == [("", "{}"), ("", '{"DIET": "Noix"}'), ("", '{"DIET": "Lait"}')]


async def test_nothing_is_noted_for_an_activity_that_is_over_or_a_place_given_back(client: httpx.AsyncClient):
    _slot, path, place = await walk_in(client)
    answers = {f"q-{place}-DIET": "Noix"}

    with clock.stopped_at(IN_A_YEAR.replace(hour=23)):
        await database.fetch("UPDATE session SET expires_at = $1", IN_A_YEAR.replace(month=12))
        over = await client.post(path, data=answers)
    await client.post(f"{path.removesuffix('/questions')}/places/{place}/rendre")
    given_back = await client.post(path, data=answers)

    assert [answer.status_code for answer in (over, given_back)] == [303, 303]
    assert await kept() == [("", "{}")]
    assert "Rien à demander" in (await client.get(path)).text


async def test_questions_of_another_edition_or_for_a_stranger_are_not_shown(client: httpx.AsyncClient):
    _slot, path, _place = await walk_in(client)
    there = await make_edition("cafe2028")
    foreign = await make_attendee(there, "Zoé Roy", "zoe@example.ca")

    elsewhere = await client.get(f"/jn2027/accueil/billets/{foreign.code}/questions")
    client.cookies.clear()
    stranger = await client.get(path)

    assert (elsewhere.status_code, stranger.status_code in (303, 401, 403)) == (404, True)
