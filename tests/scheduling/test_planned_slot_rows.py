"""The slots of an activity, as rows of its form."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from digital_days.kernel import database
from scheduling.domain.programme_facts import SlotFacts
from scheduling.domain.stored_programme import stored_programme
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_room, make_slot
from tests.scheduling.planning import (
    ACTIVITIES,
    draft,
    errors_of,
    fields_of,
    organiser_signs_in,
    planned_code,
    send,
    texts,
    typed,
)
from tests.scheduling.registered import ask_for_place

pytestmark = pytest.mark.usefixtures("db")

NEW = f"{ACTIVITIES}/nouvelle"


@pytest.fixture
async def edition() -> Made:
    return await make_edition()


@pytest.fixture
async def alice(client: httpx.AsyncClient, edition: Made) -> int:
    return await organiser_signs_in(client, edition)


async def planned_slots(edition: Made) -> list[SlotFacts]:
    stored = await stored_programme((await draft(edition)).id)
    return sorted(stored.facts.slots.values(), key=lambda slot: slot.starts_at)


async def test_hour_that_daylight_saving_skips_is_refused_in_words(
    client: httpx.AsyncClient, edition: Made, alice: int
):
    form = fields_of(await send(client, NEW, typed(fields_of(await client.get(NEW)), do="slot-add")))

    answer = await send(
        client, NEW, typed(form, title_fr="Nuit", slot_day="2027-03-14", slot_start="02:30", slot_end="04:00")
    )

    assert (answer.status_code, errors_of(answer)) == (
        422,
        {
            "slot_start-0": "Cette heure n’existe pas le dimanche 14 mars 2027 : les horloges avancent d’une heure "
            "cette nuit-là."
        },
    )


@pytest.mark.parametrize(("which", "utc_hour"), [("first", 5), ("second", 6)])
async def test_hour_that_comes_twice_is_asked_about_and_remembered(
    client: httpx.AsyncClient, edition: Made, alice: int, which: str, utc_hour: int
):
    form = fields_of(await send(client, NEW, typed(fields_of(await client.get(NEW)), do="slot-add")))
    night = typed(form, title_fr="Nuit", slot_day="2027-11-07", slot_start="01:30", slot_end="03:00")

    asked = await send(client, NEW, night)
    answer = await send(client, NEW, typed(fields_of(asked), slot_start_which=which))

    assert errors_of(asked) == {
        "slot_start-0": "Il est deux fois 1 h 30 le dimanche 7 novembre 2027 : les horloges reculent d’une heure. "
        "Dites laquelle des deux."
    }
    [slot] = await planned_slots(edition)
    assert (slot.starts_at, slot.ends_at) == (
        datetime(2027, 11, 7, utc_hour, 30, tzinfo=UTC),
        datetime(2027, 11, 7, 8, tzinfo=UTC),
    )
    assert dict(fields_of(await client.get(answer.headers["location"])))["slot_start_which"] == which


async def test_slot_is_changed_and_another_taken_away_with_its_people_told(
    client: httpx.AsyncClient, edition: Made, alice: int
):
    activity = await make_activity(edition, "Jeu")
    room = await make_room(edition)
    await make_slot(activity, room=room, seats=12)
    held = await make_slot(activity, room=room, starts_at=IN_A_YEAR + timedelta(hours=3))
    await ask_for_place(held)
    await draft(edition)
    path = f"{ACTIVITIES}/{await planned_code(activity)}"
    form = await client.get(path)
    assert texts(form, "//legend") == ["Plage 1", "Plage 2 1 place prise"]

    dropped = await send(client, path, typed(fields_of(form), slot_seats="20", do="slot-drop:1"))
    answer = await send(client, path, fields_of(dropped))

    [words] = texts(dropped, "//p[@class='gone']/span")
    assert words == (
        "Plage retirée : jeudi 21 octobre 2027, 12 h à 13 h, Salle des Lilas, 12 places en tout. "
        "1 personne y a une place : elle sera annulée, et la personne prévenue, à la prochaine version publiée."
    )
    assert answer.status_code == 303
    assert [slot.seats for slot in await planned_slots(edition)] == [20]
    assert await database.fetch("SELECT FROM place WHERE state = 'confirmed'") != []


async def test_slot_taken_away_can_be_put_back_before_saving(client: httpx.AsyncClient, edition: Made, alice: int):
    activity = await make_activity(edition, "Jeu")
    await make_slot(activity, room=await make_room(edition))
    there = await draft(edition)
    [slot] = await database.fetch(
        "SELECT s.code FROM slot s JOIN activity a ON a.id = s.activity WHERE a.edition = $1", there.id
    )
    path = f"{ACTIVITIES}/{await planned_code(activity)}"
    dropped = await send(client, path, typed(fields_of(await client.get(path)), do="slot-drop:0"))

    back = await send(client, path, typed(fields_of(dropped), do=f"slot-back:{slot['code']}"))
    await send(client, path, fields_of(back))

    assert len(await planned_slots(edition)) == 1


async def test_slot_that_comes_back_later_is_the_one_in_which_people_hold_places(
    client: httpx.AsyncClient, edition: Made, alice: int
):
    activity = await make_activity(edition, "Jeu")
    held = await make_slot(activity)
    await draft(edition)
    path = f"{ACTIVITIES}/{await planned_code(activity)}"
    dropped = await send(client, path, typed(fields_of(await client.get(path)), do="slot-drop:0"))
    await send(client, path, fields_of(dropped))

    form = await send(client, path, typed(fields_of(await client.get(path)), do="slot-add"))
    await send(
        client,
        path,
        typed(fields_of(form), slot_day="2027-10-22", slot_start="14:00", slot_end="15:00", slot_seats="8"),
    )

    [row] = await database.fetch(
        """
        SELECT s.source_id = public.source_id AS same FROM slot s JOIN activity a ON a.id = s.activity, slot public
        WHERE a.edition = $1 AND public.id = $2
        """,
        (await draft(edition)).id,
        held.id,
    )
    assert row["same"]
