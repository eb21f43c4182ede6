"""What the grid in the browser reads and sends: the day as JSON, moves answered with the day as it is now."""

from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from digital_days.kernel import database
from scheduling.domain.planned_slots import move_slot, place_activity, remove_slot
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR
from tests.scheduling.planned import HOUR, Draft, make_draft

pytestmark = pytest.mark.usefixtures("committed")
PLACE = "/jn2027/organisation/horaire"
STATE = f"{PLACE}/etat?jour=2027-10-21"
JSON = {"accept": "application/json"}


@pytest.fixture
async def draft(client: httpx.AsyncClient) -> Draft:
    made = await make_draft()
    await sign_in(client, made.alice)
    return made


def plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


async def state(client: httpx.AsyncClient, path: str = STATE) -> Any:
    answer = await client.get(path)
    assert answer.status_code == 200
    return answer.json()


async def move(client: httpx.AsyncClient, draft: Draft, **other: str) -> httpx.Response:
    form = {"day": "2027-10-21", "starts": "10:00", "ends": "11:30", "room": str(draft.garage)}
    return await client.post(
        f"{PLACE}/plages/{draft.placed.code}?jour=2027-10-21",
        data={**form, "version": draft.placed.version, **other},
        headers=JSON,
    )


async def test_state_says_the_whole_day(client: httpx.AsyncClient, draft: Draft):
    found = await state(client)

    assert len(found.pop("version")) == 32
    assert found == {
        "day": "2027-10-21",
        "first_hour": 7,
        "last_hour": 22,
        "open": None,
        "rooms": [
            {"id": str(draft.lilac), "name": "Salle des Lilas", "about": "40 personnes"},
            {"id": str(draft.garage), "name": "Garage", "about": ""},
        ],
        "slots": [
            {
                "code": draft.placed.code,
                "activity": draft.placed.activity,
                "others": 0,
                "title": "Conférence",
                "starts": "2027-10-21T09:00",
                "ends": "2027-10-21T10:00",
                "hours": "9\N{NO-BREAK SPACE}h à 10\N{NO-BREAK SPACE}h",
                "room": str(draft.lilac),
                "room_name": "Salle des Lilas",
                "seats": 12,
                "speakers": "",
                "version": draft.placed.version,
                "mine": False,
                "told": "«\N{NO-BREAK SPACE}Conférence\N{NO-BREAK SPACE}» a changé\N{NO-BREAK SPACE}: "
                "Salle des Lilas, 9\N{NO-BREAK SPACE}h à 10\N{NO-BREAK SPACE}h.",
                "conflicts": [],
                "page": f"{PLACE}/plages/{draft.placed.code}",
            }
        ],
        "unplaced": [{"code": draft.waiting, "title": "Atelier", "minutes": 60, "slots": 0}],
    }


async def test_state_is_not_sent_again_while_nothing_changes(client: httpx.AsyncClient, draft: Draft):
    known = (await client.get(STATE)).headers["etag"]

    unchanged = await client.get(STATE, headers={"if-none-match": known})
    await move(client, draft)
    changed = await client.get(STATE, headers={"if-none-match": known})

    assert (unchanged.status_code, unchanged.content, changed.status_code) == (304, b"", 200)


async def test_state_is_of_the_day_asked_for(client: httpx.AsyncClient, draft: Draft):
    assert (await state(client, f"{PLACE}/etat?jour=2027-10-22"))["slots"] == []


async def test_state_has_room_for_opening_hours_and_evenings(client: httpx.AsyncClient, draft: Draft):
    await database.fetch(
        "INSERT INTO opening_hours (edition, day, opens_at, closes_at) VALUES ($1, $2, '6:30', '17:00')",
        draft.draft,
        date(2027, 10, 21),
    )
    late = IN_A_YEAR + timedelta(hours=14)
    await place_activity(draft.draft, draft.waiting, room=None, starts_at=late, ends_at=late + 2 * HOUR, by=draft.alice)

    found = await state(client)

    assert (found["first_hour"], found["last_hour"]) == (5, 26)
    assert found["open"] == ["2027-10-21T06:30", "2027-10-21T17:00"]
    assert found["rooms"][-1] == {"id": "0", "name": "Sans salle", "about": ""}
    assert [plain(each["sentence"]) for each in found["slots"][-1]["conflicts"]] == [
        "En dehors des heures d’ouverture : 6 h 30 à 17 h."
    ]


async def test_move_is_answered_with_the_day_as_it_is_now(client: httpx.AsyncClient, draft: Draft):
    answer = await move(client, draft)

    assert (answer.status_code, answer.json()["sentence"]) == (200, "")
    (slot,) = answer.json()["state"]["slots"]
    assert (slot["starts"], slot["ends"], slot["room_name"], slot["seats"], slot["mine"]) == (
        "2027-10-21T10:00",
        "2027-10-21T11:30",
        "Garage",
        12,
        True,
    )
    assert plain(slot["told"]) == "Alice Roy a placé « Conférence » ici : Garage, 10 h à 11 h 30."
    assert slot["version"] == (await draft.slot()).version


async def test_conflict_is_in_the_answer_of_the_move_that_makes_it(client: httpx.AsyncClient, draft: Draft):
    await place_activity(draft.draft, draft.waiting, room=draft.garage, starts_at=IN_A_YEAR + HOUR, by=draft.bob)

    answer = await move(client, draft)

    assert {
        slot["title"]: [(plain(each["sentence"]), each["hard"]) for each in slot["conflicts"]]
        for slot in answer.json()["state"]["slots"]
    } == {
        "Conférence": [("La salle est prise aussi par « Atelier ».", True)],
        "Atelier": [("La salle est prise aussi par « Conférence ».", True)],
    }


async def test_later_move_is_told_and_sees_the_other_ones(client: httpx.AsyncClient, draft: Draft):
    await move_slot(
        draft.draft,
        draft.placed.code,
        version=draft.placed.version,
        room=draft.lilac,
        starts_at=IN_A_YEAR + 3 * HOUR,
        ends_at=IN_A_YEAR + 4 * HOUR,
        by=draft.bob,
    )

    answer = await move(client, draft)

    assert answer.status_code == 409
    assert plain(answer.json()["sentence"]).startswith("Cette plage vient d’être changée par Bob Tremblay.")
    (slot,) = answer.json()["state"]["slots"]
    assert (slot["starts"], slot["mine"]) == ("2027-10-21T12:00", False)


async def test_form_that_comes_later_keeps_what_was_typed_and_may_be_sent_again(
    client: httpx.AsyncClient, draft: Draft
):
    await move(client, draft)
    await sign_in(client, draft.bob)
    path = f"{PLACE}/plages/{draft.placed.code}"
    typed = {"day": "2027-10-22", "starts": "13:15", "ends": "14:00", "room": "", "seats": "7", "with_seats": "1"}

    refused = await client.post(path, data={**typed, "version": draft.placed.version})
    now = (await draft.slot()).version
    again = await client.post(path, data={**typed, "version": now})

    assert refused.status_code == 409
    assert "vient d’être changée par Alice Roy" in refused.text
    assert [f'value="{value}"' in refused.text for value in ("13:15", "14:00", "7", now)] == [True] * 4
    assert again.status_code == 303


async def test_move_of_a_slot_that_is_gone_is_told_so(client: httpx.AsyncClient, draft: Draft):
    await remove_slot(draft.draft, draft.placed.code, version=draft.placed.version, by=draft.bob)

    answer = await move(client, draft)
    as_form = await client.post(
        f"{PLACE}/plages/{draft.placed.code}", data={"day": "2027-10-21", "starts": "9:00", "ends": "10:00"}
    )

    gone = "Cette plage n’est plus à l’horaire : quelqu’un l’en a retirée entre-temps."
    assert (answer.status_code, plain(answer.json()["sentence"])) == (404, gone)
    assert answer.json()["state"]["slots"] == []
    assert as_form.status_code == 404
    assert gone in plain(as_form.text)


async def test_move_that_says_nonsense_is_refused_in_words(client: httpx.AsyncClient, draft: Draft):
    answer = await move(client, draft, ends="9:00")

    assert (answer.status_code, answer.json()["sentence"]) == (422, "La fin vient après le début.")
    assert answer.json()["state"]["slots"][0]["version"] == draft.placed.version


async def test_activity_is_dropped_in_and_taken_out_again(client: httpx.AsyncClient, draft: Draft):
    where = {"day": "2027-10-21", "starts": "14:00", "ends": "15:00", "room": str(draft.garage), "beside": "0"}

    placed = await client.post(f"{PLACE}/activites/{draft.waiting}?jour=2027-10-21", data=where, headers=JSON)
    twice = await client.post(f"{PLACE}/activites/{draft.waiting}?jour=2027-10-21", data=where, headers=JSON)
    slot = placed.json()["state"]["slots"][-1]
    removed = await client.post(
        f"{PLACE}/plages/{slot['code']}/retirer?jour=2027-10-21", data={"version": slot["version"]}, headers=JSON
    )

    assert (placed.status_code, placed.json()["state"]["unplaced"], slot["starts"]) == (200, [], "2027-10-21T14:00")
    assert (twice.status_code, "par vous, dans une autre fenêtre" in twice.json()["sentence"]) == (409, True)
    assert [each["title"] for each in removed.json()["state"]["unplaced"]] == ["Atelier"]


async def test_slot_that_somebody_moved_is_not_taken_off(client: httpx.AsyncClient, draft: Draft):
    await move(client, draft)
    await sign_in(client, draft.bob)
    path = f"{PLACE}/plages/{draft.placed.code}/retirer"

    answer = await client.post(path, data={"version": draft.placed.version}, headers=JSON)
    as_form = await client.post(path, data={"version": draft.placed.version})

    assert (answer.status_code, as_form.status_code) == (409, 409)
    assert "vient d’être changée par Alice Roy" in as_form.text
    assert (await draft.slot()).room
