"""The doors' pages: the list of a day, one door, and every answer it gives."""

import re
from datetime import timedelta

import httpx
import pytest
from lxml import html

from digital_days.kernel import clock, database
from scheduling.domain.needs import Said, say_own, say_with_place
from tests.conftest import sign_in
from tests.desk_factories import MORNING, give_place, make_attendee, ticket_of, volunteer_signs_in
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_room, make_slot
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")

SCRIPT = {"hx-request": "true"}


async def a_door(client: httpx.AsyncClient, *, seats: int | None = 2) -> tuple[Made, Made]:
    edition = await make_edition()
    await volunteer_signs_in(client, edition)
    room = await make_room(edition)
    return edition, await make_slot(await make_activity(edition), seats=seats, room=room)


async def scan(client: httpx.AsyncClient, slot: Made, person: Made, **headers: str) -> httpx.Response:
    data = {"ticket": ticket_of(person)}
    return await client.post(f"/jn2027/portes/{slot.code}", data=data, headers=headers)


async def press(client: httpx.AsyncClient, slot: Made, what: str, person: Made) -> httpx.Response:
    return await client.post(f"/jn2027/portes/{slot.code}/{what}/{person.code}", headers=SCRIPT)


@pytest.mark.parametrize("headers", [{}, SCRIPT])
async def test_holder_of_a_place_is_present_then_already_there(client: httpx.AsyncClient, headers: dict[str, str]):
    edition, slot = await a_door(client)
    bob = await make_attendee(edition)
    await give_place(bob, slot)

    with clock.stopped_at(MORNING):
        first = await scan(client, slot, bob, **headers)
        second = await scan(client, slot, bob, **headers)

    assert (first.status_code, 'data-tone="success"' in first.text, "Bob Tremblay" in first.text) == (200, True, True)
    assert (second.status_code, 'data-tone="error"' in second.text) == (409, True)
    assert "Présence déjà notée à 9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}12" in second.text
    assert ("<html" in first.text) == (not headers)


async def test_person_without_a_place_is_told_the_seats_left_and_let_in(client: httpx.AsyncClient):
    edition, slot = await a_door(client, seats=1)
    bob = await make_attendee(edition)
    charlie = await make_attendee(edition, "Charlie Roy", "charlie@example.ca")

    with clock.stopped_at(MORNING):
        told = await scan(client, slot, bob, **SCRIPT)
        entered = await press(client, slot, "entrees", bob)
        full = await scan(client, slot, charlie, **SCRIPT)

    assert (told.status_code, "Sans inscription à cette activité" in told.text) == (409, True)
    assert "Il reste 1 place" in told.text
    assert f"/jn2027/portes/{slot.code}/entrees/{bob.code}" in told.text
    assert (entered.status_code, "Bienvenue" in entered.text) == (200, True)
    assert (full.status_code, "Il ne reste aucune place" in full.text) == (409, True)
    assert f"/entrees/{charlie.code}" not in full.text
    assert "Dirigez la personne vers l’accueil" in full.text


async def test_list_marks_present_absent_and_undoes(client: httpx.AsyncClient):
    edition, slot = await a_door(client)
    bob = await make_attendee(edition)
    await give_place(bob, slot)
    page = f"/jn2027/portes/{slot.code}"

    with clock.stopped_at(MORNING):
        assert "Absence notée" in (await press(client, slot, "absents", bob)).text
        assert "Absence notée" in (await client.get(page)).text
        assert "Marque enlevée" in (await press(client, slot, "annuler", bob)).text
        assert "Pas encore là" in (await client.get(page)).text
        assert "Bob Tremblay" in (await press(client, slot, "presents", bob)).text
        assert "1 présence notée" in (await client.get(page)).text


async def test_other_edition_cancelled_and_unknown_are_red(client: httpx.AsyncClient):
    edition, slot = await a_door(client, seats=None)
    foreigner = await make_attendee(await make_edition("cafe2028", name="Café numérique"))
    cancelled = await make_attendee(edition, "Charlie Roy", "charlie@example.ca", state="cancelled")

    answers = [await scan(client, slot, person, **SCRIPT) for person in (foreigner, cancelled, Made(0, "0000000000"))]
    for typed in (foreigner.code, "bonjour"):
        answers += [await client.post(f"/jn2027/portes/{slot.code}", data={"ticket": typed}, headers=SCRIPT)]

    assert [answer.status_code for answer in answers] == [409, 409, 404, 409, 404]
    expected = ("Café numérique", "Inscription annulée", "Billet inconnu", "Café numérique", "Billet inconnu")
    assert [words in answer.text for words, answer in zip(expected, answers, strict=True)] == [True] * 5
    assert [name in answers[index].text for index in (0, 3) for name in ("Bob", "Tremblay")] == [False] * 4


async def test_cancelled_slot_takes_no_marks(client: httpx.AsyncClient):
    edition, slot = await a_door(client)
    bob = await make_attendee(edition)
    await database.fetch("UPDATE slot SET state = 'cancelled' WHERE id = $1", slot.id)

    page = await client.get(f"/jn2027/portes/{slot.code}")
    answer = await scan(client, slot, bob, **SCRIPT)

    assert "Cette activité est annulée" in page.text
    assert "scan-form" not in page.text
    assert (answer.status_code, "Cette activité est annulée" in answer.text) == (409, True)


async def test_slot_of_another_edition_has_no_door_here(client: httpx.AsyncClient):
    await a_door(client)
    foreign = await make_slot(await make_activity(await make_edition("cafe2028")))

    assert (await client.get(f"/jn2027/portes/{foreign.code}")).status_code == 404


async def test_list_shows_the_doors_of_one_day_in_as_many_statements_for_one_as_for_three(client: httpx.AsyncClient):
    edition, _slot = await a_door(client)
    async with counted_statements() as for_one:
        await client.get("/jn2027/portes?jour=2027-10-21")
    await make_slot(await make_activity(edition, "Tard le soir"), starts_at=IN_A_YEAR + timedelta(hours=14))
    await make_slot(await make_activity(edition, "Aussi"))
    await make_slot(await make_activity(edition, "Le lendemain"), starts_at=IN_A_YEAR + timedelta(days=1))
    async with counted_statements() as for_three:
        page = await client.get("/jn2027/portes?jour=2027-10-21")

    assert len(for_one) == len(for_three)
    assert [title in page.text for title in ("Tard le soir", "Aussi", "Le lendemain")] == [True, True, False]


@pytest.mark.parametrize(
    ("moment", "query", "shown"),
    [
        (MORNING, "", "Le premier jour"),
        (MORNING + timedelta(days=1), "", "Le lendemain"),
        (MORNING, "?jour=2027-10-22", "Le lendemain"),
        (MORNING, "?jour=bonjour", "Le premier jour"),
        (MORNING - timedelta(days=9), "", "Le premier jour"),
    ],
)
async def test_list_shows_the_day_asked_for_or_today(client: httpx.AsyncClient, moment, query: str, shown: str):
    edition = await make_edition()
    await volunteer_signs_in(client, edition)
    await make_slot(await make_activity(edition, "Le premier jour"))
    await make_slot(await make_activity(edition, "Le lendemain"), starts_at=IN_A_YEAR + timedelta(days=1))

    with clock.stopped_at(moment):
        page = await client.get(f"/jn2027/portes{query}")

    titles = ("Le premier jour", "Le lendemain")
    assert [title for title in titles if title in page.text] == [shown]


async def test_room_is_chosen_first_and_says_what_is_on_and_what_comes_next(client: httpx.AsyncClient):
    edition = await make_edition()
    await volunteer_signs_in(client, edition)
    lilacs, pines = await make_room(edition), await make_room(edition, "Salle des Pins")
    for hours, title, room in ((0, "Neuf heures", lilacs), (2, "Onze heures", lilacs), (1, "Dix heures", pines)):
        activity = await make_activity(edition, title)
        await make_slot(activity, starts_at=IN_A_YEAR + timedelta(hours=hours), room=room)
    await make_slot(await make_activity(edition, "Nulle part"))

    with clock.stopped_at(MORNING):
        page = (await client.get("/jn2027/portes")).text

    rooms = re.findall(r"<strong>(.*?)</strong>.*?room-soon\">(.*?)</span>(.*?)</details>", page, flags=re.DOTALL)
    assert [(name, soon.replace("\N{NO-BREAK SPACE}", " ")) for name, soon, _ in rooms] == [
        ("Salle des Lilas", "Maintenant : Neuf heures"),
        ("Salle des Pins", "À 10 h : Dix heures"),
        ("Sans salle", "Maintenant : Nulle part"),
    ]
    marks = [[words in doors for words in ("Maintenant", "Ensuite", "Onze heures")] for _, _, doors in rooms]
    assert marks == [[True, True, True], [False, True, False], [True, False, False]]


async def test_number_under_the_symbol_opens_the_door_too(client: httpx.AsyncClient):
    edition = await make_edition()
    await volunteer_signs_in(client, edition)
    bob, slot = await make_attendee(edition), await make_slot(await make_activity(edition))
    await give_place(bob, slot)

    with clock.stopped_at(MORNING):
        answer = await client.post(
            f"/jn2027/portes/{slot.code}", data={"ticket": f"{bob.code[:5]}-{bob.code[5:]}".lower()}
        )

    assert (answer.status_code, "Bienvenue" in answer.text) == (200, True)


async def test_who_has_a_place_elsewhere_is_sent_there_when_it_is_full_here(client: httpx.AsyncClient):
    edition, slot = await a_door(client, seats=0)
    bob = await make_attendee(edition)
    await give_place(bob, await make_slot(await make_activity(edition, "Ailleurs")))

    with clock.stopped_at(MORNING):
        answer = await scan(client, slot, bob, **SCRIPT)

    assert "Il ne reste aucune place." in answer.text
    assert "Sa place est à\N{NO-BREAK SPACE}: Ailleurs, 9\N{NO-BREAK SPACE}h." in answer.text


async def test_who_has_a_place_elsewhere_gives_it_back_and_comes_in(client: httpx.AsyncClient):
    edition, slot = await a_door(client)
    bob = await make_attendee(edition, email="")
    elsewhere = await make_activity(edition, "Ailleurs")
    await give_place(bob, await make_slot(elsewhere, room=await make_room(edition, "Salle des Pins")))
    [place] = await database.fetch("SELECT code FROM place")
    let_in = f"/jn2027/portes/{slot.code}/entrees/{bob.code}"

    with clock.stopped_at(IN_A_YEAR + timedelta(minutes=5)):
        refused = await scan(client, slot, bob)
        await client.post(f"/jn2027/accueil/billets/{bob.code}/places/{place['code']}/rendre")
        entered = await client.post(let_in)

    said = refused.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Sa place est à : Ailleurs, Salle des Pins, 9 h." in said
    assert f"/entrees/{bob.code}" not in said
    assert (refused.status_code, f'href="/jn2027/accueil/billets/{bob.code}"' in refused.text) == (409, True)
    assert (entered.status_code, "Bienvenue" in entered.text) == (200, True)


async def test_slot_after_midnight_has_its_door_on_the_evening_it_goes_on(client: httpx.AsyncClient):
    edition = await make_edition()
    await volunteer_signs_in(client, edition)
    last_evening = IN_A_YEAR + timedelta(days=1, hours=13)  # 22 h
    await make_slot(await make_activity(edition, "La veille"), starts_at=last_evening, lasts=timedelta(hours=2))
    night = await make_slot(
        await make_activity(edition, "Après minuit"), starts_at=last_evening + timedelta(hours=2, minutes=15)
    )

    page = await client.get("/jn2027/portes?jour=2027-10-22")
    with clock.stopped_at(last_evening + timedelta(hours=2, minutes=30)):
        now = await client.get("/jn2027/portes")
        door = await client.get(f"/jn2027/portes/{night.code}")

    assert [title in page.text for title in ("La veille", "Après minuit")] == [True, True]
    assert [title in now.text for title in ("La veille", "Après minuit")] == [True, True]
    assert 'href="/jn2027/portes?jour=2027-10-22"' in door.text


async def test_slot_outside_the_dates_has_its_door_on_a_day_of_its_own(client: httpx.AsyncClient):
    edition = await make_edition()
    await volunteer_signs_in(client, edition)
    await make_slot(await make_activity(edition, "La visite"), starts_at=IN_A_YEAR + timedelta(days=5))

    assert "La visite" in (await client.get("/jn2027/portes?jour=2027-10-26")).text


async def test_presence_on_another_day_is_noted_only_when_the_door_insists(client: httpx.AsyncClient):
    edition, slot = await a_door(client)
    bob = await make_attendee(edition)
    await give_place(bob, slot)

    with clock.stopped_at(MORNING - timedelta(days=1)):
        answers = [await scan(client, slot, bob, **SCRIPT), await press(client, slot, "presents", bob)]
        noted = len(await database.fetch("SELECT FROM attendance"))
        here = f"/jn2027/portes/{slot.code}/presents/{bob.code}"
        anyway = await client.post(here, data={"anyway": "yes"}, headers=SCRIPT)
        again = await scan(client, slot, bob, **SCRIPT)

    assert [(each.status_code, 'data-tone="warning"' in each.text) for each in answers] == [(409, True)] * 2
    assert "Cette activité a lieu\N{NO-BREAK SPACE}: jeudi 21\N{NO-BREAK SPACE}octobre 2027." in answers[0].text
    assert (noted, len(await database.fetch("SELECT FROM attendance WHERE state = 'present'"))) == (0, 1)
    assert (anyway.status_code, "Bienvenue" in anyway.text) == (200, True)
    assert "Déjà là" in again.text


async def bob_needs(edition: Made, slot: Made) -> tuple[Made, Made]:
    """Bob, who needs an interpreter, and Charlie, who needs nothing, both with a place in the slot."""
    bob, charlie = await make_attendee(edition), await make_attendee(edition, "Charlie Roy", "charlie@example.ca")
    for person in (bob, charlie):
        await give_place(person, slot)
    await say_own(bob.code, Said(interpreter=True, other="chien guide"), organiser="MRC")
    return bob, charlie


def needs_by_name(page: httpx.Response) -> dict[str, list[str]]:
    rows = html.document_fromstring(page.text).iterfind(".//section[@id='expected']//tr")
    heads = [head for row in rows for head in row.iterfind("th[@scope='row']")]
    return {str(head.text).strip(): [spoken(each) for each in head.iterfind("p")] for head in heads}


def spoken(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def needs_in(answer: str) -> list[str]:
    return [spoken(each) for each in html.document_fromstring(answer).iterfind(".//p[@class='needs-told']")]


INTERPRETER = "À prévoir : Interprète en langue des signes québécoise (LSQ), chien guide"


async def test_list_says_what_each_person_there_needs_and_of_nobody_else(client: httpx.AsyncClient):
    edition, slot = await a_door(client)
    bob, _charlie = await bob_needs(edition, slot)
    elsewhere = await make_attendee(edition, "Zoé Roy", "zoe@example.ca")
    await say_own(elsewhere.code, Said(wheelchair=True), organiser="MRC")

    page = await client.get(f"/jn2027/portes/{slot.code}")
    list_of_doors = await client.get("/jn2027/portes")

    assert needs_by_name(page) == {"Bob Tremblay": [INTERPRETER], "Charlie Roy": []}
    assert ("fauteuil roulant" in page.text, page.headers["cache-control"]) == (False, "no-store")
    assert "chien guide" not in list_of_doors.text
    await say_own(bob.code, Said(), organiser="MRC")
    assert "chien guide" not in (await client.get(f"/jn2027/portes/{slot.code}")).text


async def test_need_that_somebody_else_may_have_typed_is_told_as_such(client: httpx.AsyncClient):
    edition, slot = await a_door(client)
    bob = await make_attendee(edition)
    await give_place(bob, slot)
    [place] = await database.fetch("SELECT code FROM place")
    await say_with_place(place["code"], Said(wheelchair=True), organiser="MRC")

    page = await client.get(f"/jn2027/portes/{slot.code}")

    assert needs_by_name(page) == {
        "Bob Tremblay": ["À prévoir : Place pour un fauteuil roulant à confirmer par la personne"]
    }


@pytest.mark.parametrize("headers", [{}, SCRIPT])
async def test_answer_to_a_ticket_says_what_its_holder_needs_once_they_are_in(
    client: httpx.AsyncClient, headers: dict[str, str]
):
    edition, slot = await a_door(client, seats=3)
    bob, charlie = await bob_needs(edition, slot)
    stranger = await make_attendee(edition, "Zoé Roy", "zoe@example.ca")
    await say_own(stranger.code, Said(hearing=True), organiser="MRC")

    with clock.stopped_at(MORNING):
        answers = [await scan(client, slot, person, **headers) for person in (bob, bob, charlie, stranger)]

    told = [answer.text.partition('id="expected"')[0] for answer in answers]
    assert [needs_in(one) for one in told] == [[INTERPRETER], [INTERPRETER], [], []]


async def test_needs_of_a_door_are_told_to_no_attendee_and_in_no_address_or_log(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
):
    edition, slot = await a_door(client)
    bob, _charlie = await bob_needs(edition, slot)
    with clock.stopped_at(MORNING):
        answer = await scan(client, slot, bob)
    assert ("chien guide" in answer.text, "guide" in str(answer.url), "guide" in caplog.text) == (True, False, False)

    await sign_in(client, bob.id)

    assert (await client.get(f"/jn2027/portes/{slot.code}")).status_code == 403
