from datetime import date, timedelta

import httpx
import pytest

from digital_days.kernel import clock, database
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_room, make_slot
from tests.scheduling.programme_factories import make_label, make_speaker, mark

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
async def edition() -> Made:
    return await make_edition()


async def test_programme_lists_activities_and_slots_in_both_languages(client: httpx.AsyncClient, edition: Made) -> None:
    activity = await make_activity(edition, "Mots de passe", title_en="Passwords")
    await mark(activity, "kind", await make_label(edition, "kind", "atelier", "Atelier", name_en="Workshop"))
    speaker = await make_speaker(edition, "Bob Exemple", activity=activity)
    slot = await make_slot(activity, seats=12, room=await make_room(edition))
    await database.fetch("UPDATE slot SET taken = 5 WHERE id = $1", slot.id)

    answer = await client.get("/api/v1/programme?edition=jn2027")

    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {
        "edition": {
            "slug": "jn2027",
            "name": {"fr": "Journées numériques d’Argenteuil", "en": "Argenteuil Digital Days"},
            "starts_on": "2027-10-21",
            "ends_on": "2027-10-22",
        },
        "activities": [
            {
                "code": activity.code,
                "title": {"fr": "Mots de passe", "en": "Passwords"},
                "subtitle": "",
                "summary": {"fr": "", "en": ""},
                "description": {"fr": "", "en": ""},
                "kind": {"slug": "atelier", "name": {"fr": "Atelier", "en": "Workshop"}},
                "theme": None,
                "audience": None,
                "language": "fr",
                "speakers": [
                    {
                        "code": speaker.code,
                        "name": "Bob Exemple",
                        "organisation": "Verger Exemple",
                        "ambassador": False,
                    }
                ],
                "links": [],
                "prerequisites": {"fr": "", "en": ""},
                "questions": [],
                "reserved": None,
                "slots": [
                    {
                        "code": slot.code,
                        "starts_at": "2027-10-21T13:00:00Z",
                        "ends_at": "2027-10-21T14:00:00Z",
                        "room": "Salle des Lilas",
                        "venue": "Bibliothèque",
                        "seats": 12,
                        "places_left": 7,
                        "state": "scheduled",
                        "registration_opens_at": None,
                        "registration_closes_at": None,
                    }
                ],
            }
        ],
    }


@pytest.mark.parametrize(
    ("today", "slug"),
    [
        (IN_A_YEAR - timedelta(days=400), "jn2027"),
        (IN_A_YEAR + timedelta(hours=8), "jn2027"),
        (IN_A_YEAR + timedelta(days=10), "cafe2028"),
        (IN_A_YEAR + timedelta(days=900), "cafe2028"),
    ],
)
async def test_programme_is_of_the_edition_on_next_or_last_when_none_is_named(
    client: httpx.AsyncClient, edition: Made, today: object, slug: str
) -> None:
    await make_edition("cafe2028", starts_on=date(2028, 3, 18), ends_on=date(2028, 3, 18))

    with clock.stopped_at(today):  # type: ignore[arg-type] # a moment, through parametrize
        answer = await client.get("/api/v1/programme")

    assert answer.json()["edition"]["slug"] == slug


async def test_programme_is_a_problem_when_there_is_no_such_edition(client: httpx.AsyncClient) -> None:
    named = await client.get("/api/v1/programme?edition=nope")
    nearest = await client.get("/api/v1/programme")

    assert [(each.status_code, each.headers["content-type"]) for each in (named, nearest)] == [
        (404, "application/problem+json"),
        (404, "application/problem+json"),
    ]


async def test_programme_answers_304_when_the_program_has_it(client: httpx.AsyncClient, edition: Made) -> None:
    first = await client.get("/api/v1/programme")

    again = await client.get("/api/v1/programme", headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


async def test_programme_is_described_in_the_generated_openapi(client: httpx.AsyncClient) -> None:
    document = (await client.get("/api/v1/openapi.json")).json()

    operation = document["paths"]["/api/v1/programme"]["get"]

    assert operation["responses"]["200"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/ProgrammeAnswer"
    }
    assert set(operation["responses"]) >= {"200", "304", "404"}
    assert [parameter["name"] for parameter in operation["parameters"]] == ["edition"]
