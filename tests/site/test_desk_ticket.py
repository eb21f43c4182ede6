"""What the desk does for somebody at their request: a place given back, a registration cancelled and reinstated."""

from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock, database
from tests.desk_factories import MORNING, give_place, make_attendee, ticket_of, volunteer_signs_in
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_slot

pytestmark = pytest.mark.usefixtures("db")


async def bob_with_two_places(client: httpx.AsyncClient, email: str = "bob@example.ca") -> tuple[Made, list[str]]:
    edition = await make_edition()
    await volunteer_signs_in(client, edition)
    bob = await make_attendee(edition, email=email)
    for number in range(2):
        slot = await make_slot(
            await make_activity(edition, f"Activité {number}"), starts_at=IN_A_YEAR + timedelta(hours=2 * number)
        )
        await give_place(bob, slot)
    return bob, [row["code"] for row in await database.fetch("SELECT code FROM place ORDER BY id")]


async def states() -> list[tuple[str, int]]:
    rows = await database.fetch("SELECT p.state, s.taken FROM place p JOIN slot s ON s.id = p.slot ORDER BY p.id")
    return [(row["state"], row["taken"]) for row in rows]


async def promised() -> list[str]:
    rows = await database.fetch("SELECT payload->>'by' AS by FROM outbox_message WHERE topic = 'scheduling.cancelled'")
    return [row["by"] for row in rows]


async def test_place_of_somebody_without_an_address_is_given_back_after_the_start(client: httpx.AsyncClient):
    bob, places = await bob_with_two_places(client, email="")
    page = f"/jn2027/accueil/billets/{bob.code}"

    with clock.stopped_at(IN_A_YEAR + timedelta(minutes=30)):
        offered = await client.get(page)
        answer = await client.post(f"{page}/places/{places[0]}/rendre")
        after = await client.get(page)

    assert [f"/places/{place}/rendre" in offered.text for place in places] == [True, True]
    assert (answer.status_code, answer.headers["location"]) == (303, page)
    assert [f"/places/{place}/rendre" in after.text for place in places] == [False, True]
    assert await states() == [("cancelled", 0), ("confirmed", 1)]
    assert await promised() == ["desk"]


async def test_place_is_cancelled_in_two_steps_and_without_a_script(client: httpx.AsyncClient):
    bob, _ = await bob_with_two_places(client)

    page = (await client.get(f"/jn2027/accueil/billets/{bob.code}")).text

    first = page[page.index("Annuler sa place\N{NO-BREAK SPACE}: Activité 0</summary>") :].partition("</details>")[0]
    assert "Quelqu’un d’autre pourra la prendre tout de suite." in first
    assert "Oui, annuler sa place" in first


async def test_entry_is_noted_once_and_then_undone(client: httpx.AsyncClient):
    bob, _ = await bob_with_two_places(client)
    ticket, entry = f"/jn2027/accueil/billets/{bob.code}", f"/jn2027/accueil/entrees/{bob.code}"

    with clock.stopped_at(MORNING):
        before = (await client.get(ticket)).text
        await client.post(entry)
        after = (await client.get(ticket)).text

    assert ("Noter l’entrée" in before, f'action="{entry}/annuler"' in before) == (True, False)
    assert ("Noter l’entrée" in after, f'action="{entry}/annuler"' in after) == (False, True)
    assert "Entrée notée à 9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}12" in after


async def test_place_of_another_person_or_edition_is_not_given_back(client: httpx.AsyncClient):
    bob, _ = await bob_with_two_places(client)
    there = await make_edition("cafe2028")
    slot = await make_slot(await make_activity(there), starts_at=IN_A_YEAR + timedelta(days=9))
    await give_place(bob, slot)
    [other] = await database.fetch("SELECT code FROM place WHERE slot = $1", slot.id)
    [elsewhere] = await database.fetch("SELECT code FROM registration WHERE edition = $1", there.id)

    for path in (f"{bob.code}/places/{other['code']}/rendre", f"{elsewhere['code']}/annuler"):
        assert (await client.post(f"/jn2027/accueil/billets/{path}")).status_code == 404

    assert await states() == [("confirmed", 1)] * 3


async def test_cancelled_registration_gives_every_place_back_and_is_red_until_reinstated(client: httpx.AsyncClient):
    bob, _ = await bob_with_two_places(client)
    page = f"/jn2027/accueil/billets/{bob.code}"

    assert "Annuler l’inscription" in (await client.get(page)).text
    answers = [await client.post(f"{page}/annuler") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert await states() == [("cancelled", 0)] * 2
    assert await promised() == ["desk", "desk"]
    assert await database.fetch("SELECT FROM agenda_entry") == []
    assert "/retablir" in (await client.get(page)).text
    with clock.stopped_at(MORNING):
        scanned = await client.post("/jn2027/accueil", data={"ticket": ticket_of(bob)})
    assert (scanned.status_code, "Inscription annulée" in scanned.text, "/retablir" in scanned.text) == (
        409,
        True,
        True,
    )
    await client.post(f"/jn2027/accueil/inscriptions/{bob.code}/retablir")
    with clock.stopped_at(MORNING):
        assert (await client.post("/jn2027/accueil", data={"ticket": ticket_of(bob)})).status_code == 200


async def flash_of(client: httpx.AsyncClient, answer: httpx.Response) -> str:
    return (await client.get(answer.headers["location"])).text


async def test_activity_is_added_and_one_given_back_by_mistake_is_taken_again(client: httpx.AsyncClient):
    bob, places = await bob_with_two_places(client)
    page = f"/jn2027/accueil/billets/{bob.code}"
    codes = [row["code"] for row in await database.fetch("SELECT code FROM slot ORDER BY id")]
    full = await client.get(page)

    await client.post(f"{page}/places/{places[0]}/rendre")
    offered = await client.get(page)
    answer = await client.post(f"{page}/places", data={"slots": codes[:1]})

    assert [f'value="{code}"' in full.text for code in codes] == [False, False]
    assert [f'value="{code}"' in offered.text for code in codes] == [True, False]
    assert answer.status_code == 303
    assert "Place réservée\N{NO-BREAK SPACE}: Activité 0." in await flash_of(client, answer)
    assert await states() == [("confirmed", 1), ("confirmed", 1)]


async def test_activity_is_not_added_with_the_reason_said(client: httpx.AsyncClient):
    bob, _ = await bob_with_two_places(client)
    edition = Made((await database.fetch("SELECT id FROM edition"))[0]["id"], "jn2027")
    same_time = await make_slot(await make_activity(edition, "Ailleurs"))
    full = await make_slot(await make_activity(edition, "Rare"), seats=0, starts_at=IN_A_YEAR + timedelta(days=1))
    page = f"/jn2027/accueil/billets/{bob.code}/places"

    answer = await client.post(page, data={"slots": [same_time.code, full.code]})
    said = (await flash_of(client, answer)).replace("\N{NO-BREAK SPACE}", " ")
    nothing = await client.post(page, data={})

    assert "« Ailleurs » (9 h à 10 h) a lieu en même temps que « Activité 0 » (9 h à 10 h)." in said
    assert "« Rare » : Toutes les places sont prises." in said
    assert "Choisissez d’abord une activité." in await flash_of(client, nothing)


async def test_cancelled_registration_gets_no_activity_until_reinstated(client: httpx.AsyncClient):
    bob, _ = await bob_with_two_places(client)
    page = f"/jn2027/accueil/billets/{bob.code}"
    [slot] = await database.fetch("SELECT code FROM slot ORDER BY id LIMIT 1")
    await client.post(f"{page}/annuler")

    answer = await client.post(f"{page}/places", data={"slots": [slot["code"]]})

    assert "rétablissez-la d’abord" in await flash_of(client, answer)
    assert await states() == [("cancelled", 0)] * 2
