"""What a form for a place asks besides who somebody is: on the page, when it is sent, and by program."""

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from msgspec import structs

from digital_days.kernel import clock, database, revalidated
from digital_days.kernel.questions import TEXT, Question
from scheduling.domain.activity_rules import Rules
from scheduling.domain.places import cancel_place
from scheduling.domain.waiting import accept
from tests.conftest import sign_in
from tests.factories import Made, make_activity, make_person, make_slot
from tests.scheduling.planning import errors_of, found, texts
from tests.scheduling.ruled import BEFORE, DIET, LEVEL, ask, ruled_slot

pytestmark = pytest.mark.usefixtures("db")

RESERVED: dict[str, Any] = {
    "reserved_seats": 1,
    "reserved_for": "etudiants",
    "reserved_until": BEFORE + timedelta(days=5),
}
ALL = Rules(
    prerequisites_fr="Apporter un portable.", prerequisites_en="Bring a laptop.", questions=(DIET, LEVEL), **RESERVED
)
BOB: dict[str, object] = {"name": "Bob Tremblay", "email": "bob@example.ca", "consent": ["registration"]}
SAID: dict[str, object] = {"audience": "-", "prerequisites": "yes", "q-DIET": "Noix", "q-LEVEL": "2"}


async def show(client: httpx.AsyncClient, activity: Made, *, locale: str = "") -> httpx.Response:
    return await client.get(f"{locale}/jn2027/activites/{activity.code}")


async def send(client: httpx.AsyncClient, slot: Made, form: dict[str, object], *, locale: str = "") -> httpx.Response:
    return await client.post(f"{locale}/jn2027/plages/{slot.code}/places", data=form)


async def kept() -> list[tuple[str, str, str]]:
    rows = await database.fetch("SELECT state, audience, answers::text FROM place ORDER BY id")
    return [(row["state"], row["audience"], row["answers"]) for row in rows]


async def test_page_asks_in_the_readers_language_for_all_that_the_rules_want(client: httpx.AsyncClient):
    _edition, activity, _slot = await ruled_slot(ALL)

    with clock.stopped_at(BEFORE):
        french, english = await show(client, activity), await show(client, activity, locale="/en")

    assert texts(french, "//select[@name='audience']/option") == ["Choisissez", "Étudiants", "Autre"]
    assert "Apporter un portable." in french.text
    assert "1 place est réservée (Étudiants) jusqu’au samedi 16 octobre 2027" in french.text.replace("\xa0", " ")
    assert texts(english, "//fieldset[.//input[@name='q-LEVEL']]//label") == ["Beginner", "At ease"]
    assert "Bring a laptop." in english.text


async def test_audience_is_asked_only_while_seats_are_reserved_for_one(client: httpx.AsyncClient):
    _edition, activity, slot = await ruled_slot(Rules(**RESERVED))

    with clock.stopped_at(BEFORE + timedelta(days=5)):
        page = await show(client, activity)
        answer = await send(client, slot, {**BOB, "audience": "etudiants"})

    assert found(page, "//*[@name='audience']") == []
    assert answer.status_code == 303
    assert await kept() == [("confirmed", "", "{}")]


async def test_everything_that_is_missing_is_said_at_once_and_nothing_typed_is_lost(client: httpx.AsyncClient):
    _edition, _activity, slot = await ruled_slot(ALL)

    with clock.stopped_at(BEFORE):
        answer = await send(client, slot, {**BOB, "q-DIET": "Noix <b>", "q-LEVEL": "9"})

    assert (answer.status_code, errors_of(answer)) == (
        422,
        {
            "audience": "Dites comment vous venez, ou choisissez « Autre ».",
            "prerequisites": "Cochez la case pour confirmer que vous avez ce qu’il faut.",
            "q-LEVEL": "Cette réponse n’est plus proposée : choisissez-en une autre.",
        },
    )
    assert found(answer, "//input[@name='q-DIET']/@value") == ["Noix <b>"]
    assert found(answer, "//input[@name='name']/@value") == ["Bob Tremblay"]
    assert await kept() == []


@pytest.mark.parametrize("signed_in", [False, True])
async def test_what_was_answered_is_kept_with_the_place(client: httpx.AsyncClient, signed_in: bool):
    _edition, _activity, slot = await ruled_slot(ALL)
    if signed_in:
        await sign_in(client, await make_person())

    with clock.stopped_at(BEFORE):
        answer = await send(client, slot, {**BOB, **SAID, "audience": "etudiants"})

    assert answer.status_code == 303
    assert await kept() == [("confirmed", "etudiants", '{"DIET": "Noix", "LEVEL": "2"}')]


async def test_answers_come_along_where_one_place_is_taken_instead_of_another(client: httpx.AsyncClient):
    edition, _activity, slot = await ruled_slot(Rules(questions=(LEVEL,)))
    other = await make_slot(await make_activity(edition, "Autre"))
    bob = await make_person()
    await sign_in(client, bob)
    await ask(other, bob)

    refused = await send(client, slot, {**BOB, "q-LEVEL": "2"})
    hidden = {each.get("name"): each.get("value") for each in found(refused, "//main//form//input[@type='hidden']")}
    swapped = await client.post(f"/jn2027/plages/{slot.code}/places", data=hidden)

    assert (refused.status_code, swapped.status_code) == (409, 303)
    assert ("confirmed", "", '{"LEVEL": "2"}') in await kept()


async def test_full_page_says_for_whom_the_rest_is_and_until_when(client: httpx.AsyncClient):
    _edition, activity, slot = await ruled_slot(Rules(**RESERVED), seats=1)

    with clock.stopped_at(BEFORE):
        page = await show(client, activity)
        answer = await send(client, slot, {**BOB, "audience": "-"})

    said = "1 place est réservée (Étudiants) jusqu’au samedi 16 octobre 2027"
    assert (page.status_code, answer.status_code) == (200, 409)
    assert [said in each.text.replace("\xa0", " ") for each in (page, answer)] == [True, True]
    assert "Toutes les places sont prises" not in answer.text


async def test_page_says_when_one_may_register_and_has_no_form_before_and_after(client: httpx.AsyncClient):
    window = Rules(opens_at=BEFORE, closes_at=BEFORE + timedelta(days=5))
    _edition, activity, slot = await ruled_slot(window)

    pages = {}
    for name, at in {"before": BEFORE - timedelta(hours=1), "after": BEFORE + timedelta(days=6)}.items():
        revalidated.forget_all()
        with clock.stopped_at(at):
            pages[name] = await show(client, activity)
            assert (await send(client, slot, BOB)).status_code == 409
            programme = (await client.get("/jn2027/programme")).text.replace("\xa0", " ")
            badge = "Inscriptions lundi 11 octobre 2027" if name == "before" else "Inscriptions terminées"
            assert badge in programme
    said = {name: page.text.replace("\xa0", " ") for name, page in pages.items()}

    assert "Les inscriptions ouvrent lundi 11 octobre 2027 à 9 h" in said["before"]
    assert "On ne s’inscrit plus en ligne depuis samedi 16 octobre 2027 à 9 h" in said["after"]
    assert [found(page, "//form[contains(@action, '/places')]") for page in pages.values()] == [[], []]


async def test_my_day_sends_to_the_page_what_has_questions(client: httpx.AsyncClient):
    _edition, activity, slot = await ruled_slot(Rules(questions=(LEVEL,)))

    answer = await client.post("/jn2027/ma-journee", data={**BOB, "slot": slot.code, "listed": slot.code})

    assert answer.status_code == 422
    assert "a des questions à répondre" in answer.text.replace("\xa0", " ")
    assert found(answer, f"//a[contains(@href, '/activites/{activity.code}')][contains(@href, '#reserver')]")
    assert await kept() == []


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({}, 422),
        ({"prerequisites_confirmed": True}, 422),
        ({"prerequisites_confirmed": True, "answers": {"LEVEL": "9"}}, 422),
        ({"prerequisites_confirmed": True, "answers": {"LEVEL": "2", "OTHER": "x"}}, 422),
        ({"prerequisites_confirmed": True, "answers": {"LEVEL": "2"}, "audience": "personne"}, 422),
        ({"prerequisites_confirmed": True, "answers": {"LEVEL": "2"}, "audience": "etudiants"}, 201),
        ({"prerequisites_confirmed": True, "answers": {"LEVEL": "2"}}, 201),
    ],
)
async def test_program_answers_the_same_questions(client: httpx.AsyncClient, said: dict[str, object], status: int):
    _edition, _activity, slot = await ruled_slot(ALL)
    body = {"slot": slot.code, "name": "Bob", "email": "bob@example.ca", "consents": ["registration"]}

    with clock.stopped_at(BEFORE):
        programme = (await client.get("/api/v1/programme?edition=jn2027")).json()["activities"][0]
        answer = await client.post("/api/v1/registrations", json={**body, **said})

    assert answer.status_code == status
    assert len(await kept()) == (status == 201)
    assert [each["code"] for each in programme["questions"]] == ["DIET", "LEVEL"]
    assert (programme["reserved"]["audience"], programme["prerequisites"]["en"]) == ("etudiants", "Bring a laptop.")
    if status == 422 and "answers" not in said and said:
        assert "Votre niveau : Choisissez une réponse." in answer.json()["detail"].replace("\xa0", " ")


async def test_what_was_said_in_line_is_kept_when_the_offer_is_accepted(client: httpx.AsyncClient):
    _edition, _activity, slot = await ruled_slot(ALL, seats=1)
    charlie, bob = await make_person("Charlie", "charlie@example.ca"), await make_person()
    await sign_in(client, bob)

    with clock.stopped_at(BEFORE):
        first = await ask(slot, charlie, audience="etudiants")
        full = await send(client, slot, {**BOB, **SAID, "audience": "etudiants"})
        hidden = [(each.get("name"), each.get("value")) for each in found(full, "//main//input[@type='hidden']")]
        await client.post(f"/jn2027/plages/{slot.code}/places", data=dict(hidden))
        await cancel_place(first.code)
        [entry] = await database.fetch("SELECT code, state, audience FROM waiting_entry")
        accepted = await accept(entry["code"])

    assert (full.status_code, entry["state"], entry["audience"]) == (409, "offered", "etudiants")
    assert accepted.outcome == "confirmed"
    assert ("confirmed", "etudiants", '{"DIET": "Noix", "LEVEL": "2"}') in await kept()


LONG = Question(code="LONG", kind="long", fr="Racontez", en="Tell us")


@pytest.mark.parametrize("length", [1, 900, 1500, TEXT])
async def test_long_answers_are_all_there_when_a_mistyped_address_is_corrected(client: httpx.AsyncClient, length: int):
    questions = tuple(structs.replace(LONG, code=f"LONG{number}") for number in range(3))
    _edition, _activity, slot = await ruled_slot(Rules(questions=questions))
    answers = {f"q-{each.code}": f"{each.code}\n{'é' * (length - 6)}".strip() for each in questions}

    page = await client.get((await send(client, slot, {**BOB, **answers})).headers["location"])
    hidden = {str(each.get("name")): each.get("value") for each in found(page, "//main//form//input[@type='hidden']")}
    form = await send(client, slot, hidden)
    first = found(form, "//input[@name='first']")[0].get("value")
    corrected = await send(client, slot, {**BOB, **answers, "email": "bob@example.org", "first": first})

    typed = {str(each.get("name")): str(each.text).strip() for each in found(form, "//main//form//textarea[@id]")}
    assert {name: typed[name] for name in answers} == answers
    assert corrected.status_code == 303
    assert [state for state, _audience, _answers in await kept()] == ["cancelled", "confirmed"]
    rows = await database.fetch("SELECT answers FROM place WHERE state = 'confirmed'")
    assert [json.loads(row["answers"]) for row in rows] == [
        {each.code: answers[f"q-{each.code}"] for each in questions}
    ]


async def test_long_answers_are_no_more_shown_a_second_time_nor_after_a_minute(client: httpx.AsyncClient):
    _edition, _activity, slot = await ruled_slot(Rules(questions=(LONG,)))
    told = {**BOB, "q-LONG": f"secret {'é' * 1900}"}

    with clock.stopped_at(BEFORE):
        address = (await send(client, slot, told)).headers["location"]
        pages = [await client.get(address) for _again in range(2)]
        await send(client, slot, told)
    with clock.stopped_at(BEFORE + timedelta(seconds=61)):
        late = await client.get(address)
        longest = max(map(len, client.cookies.values()))
        client.cookies.clear()
        await send(client, slot, told)

    assert ["secret" in page.text for page in (*pages, late)] == [True, False, False]
    assert longest < 4000
    [row] = await database.fetch("SELECT count(*) AS waiting FROM left_content")
    assert row["waiting"] == 1
