"""An exhibitor chooses, changes and cancels the quarter of an hour in which it unloads."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import icalendar
import pytest

from digital_days.kernel import clock, database
from exhibitors.domain.arrival_slots import ArrivalSlot, open_slots
from exhibitors.domain.arrivals import Arrival, arrival_of
from tests.conftest import sign_in
from tests.exhibitors.factories import make_booking, make_booth, make_exhibitor, make_member
from tests.exhibitors.portal_pages import Owner, owner_signs_in
from tests.factories import Made
from tests.scheduling.routes.catalogue_pages import errors, rows, said

pytestmark = pytest.mark.usefixtures("db")

FIRST = datetime(2027, 10, 21, 11, tzinfo=UTC)
SECOND = FIRST + timedelta(minutes=15)
TAKEN = "SELECT starts_at, taken FROM arrival_slot ORDER BY starts_at"


def key(starts_at: datetime) -> str:
    return ArrivalSlot(starts_at=starts_at, capacity=1, taken=0).key


async def choose(client: httpx.AsyncClient, owner: Owner, starts_at: datetime, vehicle: str = "") -> httpx.Response:
    return await client.post(f"{owner.path}/arrivee", data={"slot": key(starts_at), "vehicle": vehicle})


async def at_two_slots(client: httpx.AsyncClient, capacity: int = 1, **how: object) -> Owner:
    owner = await owner_signs_in(client, **how)
    await open_slots(owner.edition.id, [FIRST, SECOND], capacity)
    return owner


async def fill(owner: Owner, starts_at: datetime) -> Made:
    """Somebody else has it."""
    [category] = await database.fetch("SELECT id FROM fair_category LIMIT 1")
    other = await make_exhibitor(owner.edition, Made(category["id"], ""), name="Voisin")
    await database.fetch(
        """
        WITH slot AS (UPDATE arrival_slot SET taken = taken + 1 WHERE starts_at = $2 RETURNING id)
        INSERT INTO exhibitor_arrival (exhibitor, slot, updated_at) SELECT $1, id, now() FROM slot
        """,
        other.id,
        starts_at,
    )
    return other


async def test_quarter_is_chosen_with_the_vehicle(client: httpx.AsyncClient):
    owner = await at_two_slots(client)

    answer = await choose(client, owner, FIRST, "Fourgonnette")

    arrival = await arrival_of(owner.exhibitor.id)
    assert arrival is not None
    assert (answer.status_code, arrival.starts_at, arrival.vehicle) == (303, FIRST, "Fourgonnette")
    assert await rows(TAKEN) == [(FIRST, 1), (SECOND, 0)]
    page = said(await client.get(f"{owner.path}/arrivee"))
    assert [text in page for text in ("jeudi 21 octobre 2027", "7 h à 7 h 15", "Fourgonnette")] == [True] * 3


async def test_change_gives_the_first_quarter_back(client: httpx.AsyncClient):
    owner = await at_two_slots(client)
    await choose(client, owner, FIRST)

    await choose(client, owner, SECOND)

    assert await rows(TAKEN) == [(FIRST, 0), (SECOND, 1)]


async def test_same_quarter_again_only_changes_the_vehicle(client: httpx.AsyncClient):
    owner = await at_two_slots(client)
    for vehicle in ("Auto", "Camion"):
        await choose(client, owner, FIRST, vehicle)

    arrival = await arrival_of(owner.exhibitor.id)
    assert (await rows(TAKEN), arrival.vehicle if arrival else "") == ([(FIRST, 1), (SECOND, 0)], "Camion")


async def test_cancelled_twice_is_given_back_once(client: httpx.AsyncClient):
    owner = await at_two_slots(client)
    await choose(client, owner, FIRST)

    for _twice in (1, 2):
        await client.post(f"{owner.path}/arrivee/annuler")

    assert (await rows(TAKEN), await arrival_of(owner.exhibitor.id)) == ([(FIRST, 0), (SECOND, 0)], None)


async def test_full_quarter_is_refused_and_the_one_held_stays(client: httpx.AsyncClient):
    owner = await at_two_slots(client)
    await choose(client, owner, FIRST, "Auto")
    await fill(owner, SECOND)

    offered = (await client.get(f"{owner.path}/arrivee")).text
    answer = await choose(client, owner, SECOND, "Camion")

    assert (answer.status_code, errors(answer)) == (
        422,
        ["Ce quart d’heure vient d’être pris : choisissez-en un autre."],
    )
    assert (key(FIRST) in offered, key(SECOND) in offered, 'value="Camion"' in answer.text) == (True, False, True)
    arrival = await arrival_of(owner.exhibitor.id)
    assert arrival == Arrival(starts_at=FIRST, vehicle="Auto", updated_at=arrival.updated_at if arrival else FIRST)


@pytest.mark.parametrize("slot", ["", "demain", "20271021T1130", "20271021T9900", "20261021T1100"])
async def test_quarter_that_is_not_offered_is_refused_in_words(client: httpx.AsyncClient, slot: str):
    owner = await at_two_slots(client)

    answer = await client.post(f"{owner.path}/arrivee", data={"slot": slot})

    assert (answer.status_code, len(errors(answer))) == (422, 1)


async def test_quarter_that_has_begun_is_not_offered(client: httpx.AsyncClient):
    owner = await at_two_slots(client)
    with clock.stopped_at(FIRST):
        await sign_in(client, owner.person)
        offered = (await client.get(f"{owner.path}/arrivee")).text
        answer = await choose(client, owner, FIRST)

    assert (key(FIRST) in offered, key(SECOND) in offered, answer.status_code) == (False, True, 422)


async def test_nobody_chooses_before_being_accepted(client: httpx.AsyncClient):
    owner = await at_two_slots(client, state="waiting")

    answer = await choose(client, owner, FIRST)

    assert (answer.status_code, await rows(TAKEN)) == (422, [(FIRST, 0), (SECOND, 0)])


async def test_calendar_file_says_when_and_grows_with_every_change(client: httpx.AsyncClient):
    owner = await at_two_slots(client)
    await make_booking(await make_booth(owner.edition, "A12"), owner.exhibitor)
    files = []
    for minutes, starts_at in enumerate((FIRST, SECOND)):
        with clock.stopped_at(clock.now() + timedelta(minutes=minutes)):
            await choose(client, owner, starts_at, "Camion")
            files.append(await client.get(f"{owner.path}/arrivee.ics"))

    events: list[Any] = [icalendar.Calendar.from_ical(file.content).walk("VEVENT")[0] for file in files]
    assert files[0].headers["content-type"] == "text/calendar; charset=utf-8"
    assert files[0].headers["content-disposition"] == 'attachment; filename="arrivee-jn2027.ics"'
    assert [event["DTSTART"].dt.astimezone(UTC) for event in events] == [FIRST, SECOND]
    assert [event["DTEND"].dt - event["DTSTART"].dt for event in events] == [timedelta(minutes=15)] * 2
    assert (
        events[0]["UID"] == events[1]["UID"],
        int(str(events[0]["SEQUENCE"])) < int(str(events[1]["SEQUENCE"])),
    ) == (True, True)
    assert (str(events[0]["SUMMARY"]), str(events[0]["DESCRIPTION"])) == (
        "Déchargement pour le salon : Atelier du Nord".replace(" :", "\N{NO-BREAK SPACE}:"),
        "Kiosque A12\nCamion",
    )


async def test_calendar_file_is_not_there_without_an_hour(client: httpx.AsyncClient):
    owner = await at_two_slots(client)

    assert (await client.get(f"{owner.path}/arrivee.ics")).status_code == 404


async def test_colleagues_of_another_exhibitor_find_nothing(client: httpx.AsyncClient):
    owner = await at_two_slots(client)
    other = await fill(owner, FIRST)
    await make_member(other.id, owner.person)
    await database.fetch("DELETE FROM exhibitor_member WHERE exhibitor = $1", owner.exhibitor.id)

    answer = await client.post(f"{owner.path}/arrivee/annuler")

    assert (answer.status_code, await rows(TAKEN)) == (404, [(FIRST, 1), (SECOND, 0)])
