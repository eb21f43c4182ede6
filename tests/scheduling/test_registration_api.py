"""The JSON twin: what a stranger, a person and a careless program are told."""

from datetime import timedelta
from typing import Any, get_args

import httpx
import pytest

from digital_days.kernel import consents, database
from scheduling.routes.registration_api import Purpose
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_person, make_slot

pytestmark = pytest.mark.usefixtures("db")


def body(wanted: Made, **changes: object) -> dict[str, Any]:
    return {
        "slot": wanted.code,
        "name": "Bob Tremblay",
        "email": "bob@example.ca",
        "language": "fr",
        "consents": ["registration"],
        **changes,
    }


async def two_overlapping_slots() -> tuple[Made, Made]:
    edition = await make_edition()
    first = await make_slot(await make_activity(edition, "Mots de passe solides", title_en="Strong passwords"))
    second = await make_slot(
        await make_activity(edition, "Photos du téléphone"), starts_at=IN_A_YEAR + timedelta(minutes=30)
    )
    return first, second


async def post(client: httpx.AsyncClient, request: dict[str, Any], key: str = "") -> httpx.Response:
    return await client.post("/api/v1/registrations", json=request, headers={"idempotency-key": key} if key else {})


async def test_stranger_reads_the_same_whether_the_place_is_new_held_or_impossible(client: httpx.AsyncClient):
    first, second = await two_overlapping_slots()

    new, held, overlapping, overlapping_again = [
        await post(client, body(slot)) for slot in (first, first, second, second)
    ]

    assert [a.status_code for a in (new, held, overlapping, overlapping_again)] == [201, 201, 201, 201]
    assert new.json() == held.json() == {"code": new.json()["code"], "state": "received"}
    assert overlapping.json() == overlapping_again.json() == {"code": overlapping.json()["code"], "state": "received"}


async def test_full_slot_says_the_same_to_who_holds_a_place_and_to_who_does_not(client: httpx.AsyncClient):
    slot = await make_slot(await make_activity(await make_edition()), seats=1)
    await post(client, body(slot))

    holder = await post(client, body(slot))
    other = await post(client, body(slot, email="charlie@example.ca"))

    assert (holder.status_code, holder.json()) == (other.status_code, other.json()) == (409, holder.json())
    assert holder.headers["content-type"] == "application/problem+json"
    assert holder.json()["detail"] == "Toutes les places sont prises."


async def test_full_slot_says_the_same_again_to_both_when_the_key_comes_again(client: httpx.AsyncClient):
    slot = await make_slot(await make_activity(await make_edition()), seats=1)
    await post(client, body(slot))

    holder = [await post(client, body(slot), "key-1") for _ in range(2)]
    other = [await post(client, body(slot, email="charlie@example.ca"), "key-2") for _ in range(2)]

    assert [(a.status_code, a.json()) for a in (*holder, *other)] == [(409, holder[0].json())] * 4


async def test_signed_in_person_is_told_both_titles_and_times(client: httpx.AsyncClient):
    first, second = await two_overlapping_slots()
    await sign_in(client, await make_person())
    taken = await post(client, body(first))

    refused = await post(client, body(second))

    assert taken.json()["state"] == "confirmed"
    assert refused.status_code == 409
    assert refused.json()["detail"].replace("\N{NO-BREAK SPACE}", " ") == (
        "« Photos du téléphone » (9 h 30 à 10 h 30) a lieu en même temps que « Mots de passe solides » (9 h à 10 h)."
    )


async def test_signed_in_person_is_told_the_activity_of_another_edition_at_that_time(client: httpx.AsyncClient):
    there = await make_slot(await make_activity(await make_edition("cafe2028"), "Café et tablettes"))
    here = await make_slot(await make_activity(await make_edition()))
    await sign_in(client, await make_person())
    await post(client, body(there))

    refused = await post(client, body(here))

    assert refused.json()["detail"].replace("\N{NO-BREAK SPACE}", " ") == (
        "« Mots de passe solides » (9 h à 10 h) a lieu en même temps que « Café et tablettes » (9 h à 10 h)."
    )


async def test_same_key_gets_the_same_answer_and_another_request_is_refused(client: httpx.AsyncClient):
    slot, _ = await two_overlapping_slots()

    first, again = await post(client, body(slot), "key-1"), await post(client, body(slot), "key-1")
    other = await post(client, body(slot, email="charlie@example.ca"), "key-1")

    assert (again.status_code, again.json()) == (201, first.json())
    assert other.status_code == 409


@pytest.mark.parametrize("key", ["", " ", "a key", "k" * 191])
async def test_key_that_could_belong_to_anybody_is_refused(client: httpx.AsyncClient, key: str):
    slot, _ = await two_overlapping_slots()

    answers = [
        await client.post("/api/v1/registrations", json=body(slot, email=email), headers={"idempotency-key": key})
        for email in ("alice@example.ca", "bob@example.ca")
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert await database.fetch("SELECT FROM person") == []


async def test_key_of_the_desk_is_no_key_of_a_program(client: httpx.AsyncClient):
    slot, _ = await two_overlapping_slots()
    await database.fetch("INSERT INTO idempotency_key (key, fingerprint) VALUES ('desk-1-x', '')")

    answer = await post(client, body(slot), "desk-1-x")

    assert answer.status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [
        {"consents": []},
        {"consents": ["news"]},
        {"email": "bob"},
        {"email": "bob@example.ca\r\nbcc: x@example.ca"},
        {"name": " \u200b "},
        {"name": ""},
        {"language": "de"},
        {"slot": "X" * 40},
        {"surprise": 1},
        {"consents": ["registration", "zzz"]},
        {"consents": "registration"},
        {"email": 7},
    ],
)
async def test_wrong_request_is_refused_in_words_and_writes_nothing(client: httpx.AsyncClient, wrong: dict[str, Any]):
    slot, _ = await two_overlapping_slots()

    answer = await post(client, body(slot, **wrong))

    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert await database.fetch("SELECT FROM person") == []


async def test_slot_is_found_when_its_code_is_written_small(client: httpx.AsyncClient):
    slot = await make_slot(await make_activity(await make_edition()), seats=1)
    small = Made(slot.id, slot.code.lower())

    answers = [await post(client, body(wanted), "key-1") for wanted in (slot, small)]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(201, answers[0].json())] * 2


async def test_unknown_slot_is_not_found(client: httpx.AsyncClient):
    answer = await post(client, body(Made(0, "NOSUCHSLOT")))

    assert (answer.status_code, answer.json()["status"]) == (404, 404)


async def test_answer_speaks_the_language_of_the_request(client: httpx.AsyncClient):
    answer = await post(client, body(Made(0, "NOSUCHSLOT"), language="en"))

    assert answer.json()["detail"] == "This activity is no longer in the programme."


@pytest.mark.parametrize(
    ("wrong", "path", "found"),
    [
        (
            {"language": "en", "consents": ["zzz"]},
            "",
            {"key": "consents[0]", "message": "This value is not among those that are expected."},
        ),
        ({"language": "en", "name": ""}, "", {"key": "name", "message": "This is too short. Minimum length: 1."}),
        ({"language": "en", "x": 1}, "", {"key": "x", "message": "There is no such field here."}),
        ({"language": "de"}, "/en", {"key": "language", "message": "This value is not among those that are expected."}),
        ({"slot": "é"}, "", {"key": "slot", "message": "Il y a ici un caractère qui ne convient pas."}),
        ({"email": None}, "", {"key": "email", "message": "Ce renseignement n’a pas la forme attendue."}),
    ],
)
async def test_what_does_not_fit_is_named_in_the_language_of_the_request(
    client: httpx.AsyncClient, wrong: dict[str, Any], path: str, found: dict[str, str]
):
    answer = await client.post(f"{path}/api/v1/registrations", json=body(Made(0, "SLOT"), **wrong))

    assert answer.json()["errors"] == [{**found, "source": "body"}]


async def test_headers_and_missing_fields_are_named_as_the_program_knows_them(client: httpx.AsyncClient):
    incomplete = {name: value for name, value in body(Made(0, "SLOT")).items() if name != "email"}

    answer = await post(client, incomplete, "two words")

    assert [(error["key"], error["source"]) for error in answer.json()["errors"]] == [
        ("email", "body"),
        ("Idempotency-Key", "header"),
    ]


def test_purposes_of_the_api_are_those_of_the_form():
    assert set(get_args(Purpose)) == {consent.purpose for consent in consents.REGISTRATION}


async def test_one_mailbox_is_asked_for_only_so_often_and_a_school_is_let_through(client: httpx.AsyncClient):
    activity = await make_activity(await make_edition())
    slot = await make_slot(activity, seats=100)

    answers = [await post(client, body(slot)) for _ in range(14)]
    same = [answer.status_code for answer in answers]
    school = [(await post(client, body(slot, email=f"eleve{n}@ecole.example"))).status_code for n in range(40)]

    assert same == [201] * 12 + [429] * 2
    assert "connectez-vous" in answers[-1].json()["detail"]
    assert school == [201] * 40


async def test_person_registers_signed_in_when_a_stranger_has_used_their_address_up(client: httpx.AsyncClient):
    slot = await make_slot(await make_activity(await make_edition()))
    bob = await make_person()
    for _ in range(14):
        await post(client, body(Made(0, "NOSUCHSLOT")))
    await sign_in(client, bob)

    answer = await post(client, body(slot))

    assert (answer.status_code, answer.json()["state"]) == (201, "confirmed")


async def test_form_of_another_site_is_refused(client: httpx.AsyncClient):
    slot, _ = await two_overlapping_slots()

    answer = await client.post(
        "/api/v1/registrations",
        json=body(slot),
        headers={"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
    )

    assert answer.status_code == 403


async def test_openapi_describes_the_registration(client: httpx.AsyncClient):
    document = (await client.get("/api/v1/openapi.json")).json()

    operation = document["paths"]["/api/v1/registrations"]["post"]
    assert set(operation["responses"]) >= {"201", "404", "409", "422", "429"}
    assert [p["name"] for p in operation["parameters"]] == ["Idempotency-Key"]
    assert "English under `/en`" in operation["description"]


@pytest.mark.parametrize(
    ("path", "detail"), [("", "Cette demande n’est pas lisible."), ("/en", "This request cannot be read.")]
)
async def test_body_that_cannot_be_read_is_refused_in_the_language_of_the_address(
    client: httpx.AsyncClient, path: str, detail: str
):
    answer = await client.post(
        f"{path}/api/v1/registrations", content=b"{", headers={"content-type": "application/json"}
    )

    assert (answer.status_code, answer.json()["detail"]) == (400, detail)
