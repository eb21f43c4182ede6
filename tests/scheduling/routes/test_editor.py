"""The schedule's editor without scripts: a table, lists, forms."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from lxml import html

from digital_days.kernel import database
from scheduling.domain.planned_slots import place_activity
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, make_activity, make_slot
from tests.scheduling.planned import HOUR, Draft, make_draft
from tests.statements import counted_statements

PLACE = "/jn2027/organisation/horaire"


@pytest.fixture
async def draft(db: None, client: httpx.AsyncClient) -> Draft:
    made = await make_draft()
    await sign_in(client, made.alice)
    return made


async def look(client: httpx.AsyncClient, path: str = PLACE, status: int = 200) -> html.HtmlElement:
    answer = await client.get(path)
    assert answer.status_code == status
    return parsed(answer)


def parsed(answer: httpx.Response) -> html.HtmlElement:
    page: html.HtmlElement = html.document_fromstring(answer.text)
    return page


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().replace("\N{NO-BREAK SPACE}", " ").split())


def texts(elements: list[html.HtmlElement]) -> list[str]:
    return [words(each) for each in elements]


def days_of(page: html.HtmlElement) -> list[str]:
    return texts(page.get_element_by_id("days").xpath(".//nav[1]//a"))


async def place(draft: Draft, room: int | None, *, later: timedelta = timedelta(0)) -> str:
    return await place_activity(draft.draft, draft.waiting, room=room, starts_at=IN_A_YEAR + later, by=draft.bob)


async def test_day_shows_rooms_hours_and_what_waits(client: httpx.AsyncClient, draft: Draft):
    page = await look(client)

    assert texts(page.xpath("//thead//th")) == ["Heure", "Salle des Lilas"]
    assert texts(page.find_class("slot")) == ["Conférence 9 h à 10 h Salle des Lilas"]
    assert texts(page.xpath("//li[@data-activity]//a")) == ["Atelier"]
    assert days_of(page) == ["jeudi 21 octobre · 1 plage", "vendredi 22 octobre · rien encore"]
    assert "Aucun conflit ce jour-là." in words(page)
    assert page.find_class("sections--inner")[0].xpath('.//a[@aria-current="page"]/text()') == ["Horaire"]


async def test_empty_day_says_so(client: httpx.AsyncClient, draft: Draft):
    page = await look(client, f"{PLACE}?jour=2027-10-22")

    assert "Rien n’est placé ce jour-là" in words(page)


async def test_conflict_is_told_in_the_list_and_beside_each_of_its_slots(client: httpx.AsyncClient, draft: Draft):
    code = await place(draft, draft.lilac, later=HOUR / 2)

    page = await look(client)

    assert [words(each[1][0]) for each in page.find_class("conflict")] == [
        (
            "Impossible : La salle « Salle des Lilas » est prise par plusieurs activités à la fois : "
            "« Conférence » (9 h à 10 h) et « Atelier » (9 h 30 à 10 h 30)."
        )
    ]
    assert page.xpath("//p[@class='conflict-slots']/a/@href") == [
        f"#plage-{draft.placed.code}",
        f"#plage-{code}",
    ]
    assert texts(page.find_class("conflict-of")) == [
        "La salle est prise aussi par « Atelier ».",
        "La salle est prise aussi par « Conférence ».",
    ]
    assert days_of(page)[0] == "jeudi 21 octobre · 2 plages · 1 conflit"


@pytest.mark.parametrize("more", [0, 3])
async def test_day_takes_as_many_statements_however_full(client: httpx.AsyncClient, draft: Draft, more: int):
    for number in range(more):
        activity = await make_activity(draft.edition, f"Autre {number}")
        await database.fetch("UPDATE activity SET edition = $1 WHERE id = $2", draft.draft, activity.id)
        await make_slot(activity, room=draft.garage)

    async with counted_statements() as statements:
        await look(client)

    assert len([each for each in statements if "FROM session" not in each]) == 10, statements


async def test_day_with_many_rooms_is_read_by_the_hour(client: httpx.AsyncClient, draft: Draft):
    for number in range(8):
        activity = await make_activity(draft.edition, f"Autre {number}")
        await database.fetch("UPDATE activity SET edition = $1 WHERE id = $2", draft.draft, activity.id)
        await make_slot(activity, room=draft.garage)

    page = await look(client)

    assert texts(page.find_class("programme-hour")) == ["9 h"]
    assert len(page.find_class("slot")) == 9


def form_of(draft: Draft, **other: str) -> dict[str, str]:
    return {
        "day": "2027-10-22",
        "starts": "10:05",
        "ends": "11:20",
        "room": str(draft.garage),
        "seats": "8",
        "with_seats": "1",
        "version": draft.placed.version,
        **other,
    }


async def move(client: httpx.AsyncClient, draft: Draft, **other: str) -> httpx.Response:
    return await client.post(f"{PLACE}/plages/{draft.placed.code}", data=form_of(draft, **other))


async def test_form_shows_the_slot_as_it_is(client: httpx.AsyncClient, draft: Draft):
    page = await look(client, f"{PLACE}/plages/{draft.placed.code}")

    fields = page.forms[-2].fields
    assert {name: fields[name] for name in fields} == {
        "day": "2027-10-21",
        "starts": "09:00",
        "ends": "10:00",
        "room": str(draft.lilac),
        "seats": "12",
        "with_seats": "1",
        "version": draft.placed.version,
    }
    assert texts(page.xpath("//*[@id='field-room']/option")) == [
        "Sans salle",
        "Salle des Lilas (40 personnes)",
        "Garage",
    ]


async def test_form_moves_the_slot_and_leads_to_it(client: httpx.AsyncClient, draft: Draft):
    answer = await move(client, draft)

    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"{PLACE}?jour=2027-10-22#plage-{draft.placed.code}",
    )
    slot = await draft.slot()
    assert (slot.starts_at, slot.ends_at, slot.room.name if slot.room else "", slot.seats) == (
        datetime(2027, 10, 22, 14, 5, tzinfo=UTC),
        datetime(2027, 10, 22, 15, 20, tzinfo=UTC),
        "Garage",
        8,
    )
    page = await look(client, f"{PLACE}?jour=2027-10-22")
    assert words(page.get_element_by_id("flashes")) == (
        "C’est fait : « Conférence » est le vendredi 22 octobre 2027, 10 h 05 à 11 h 20, Garage."
    )


async def test_form_makes_entry_free_and_leaves_the_room_open(client: httpx.AsyncClient, draft: Draft):
    await move(client, draft, seats="", room="")

    slot = await draft.slot()
    assert (slot.seats, slot.room) == (None, None)
    assert "Sans salle" in texts((await look(client, f"{PLACE}?jour=2027-10-22")).xpath("//thead//th"))


async def test_evening_may_end_in_the_small_hours(client: httpx.AsyncClient, draft: Draft):
    await move(client, draft, starts="23 h", ends="1 h 30")

    assert (await draft.slot()).ends_at == datetime(2027, 10, 23, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"day": "2027-10-30"}, "day", "Choisissez un des jours de cette édition."),
        ({"day": ""}, "day", "Ce renseignement est nécessaire."),
        ({"starts": "midi"}, "starts", "Écrivez une heure, par exemple 13 h 30."),
        ({"ends": ""}, "ends", "Écrivez une heure, par exemple 13 h 30."),
        ({"ends": "10:05"}, "ends", "La fin vient après le début."),
        ({"room": "999999"}, "room", "Cette salle n’est pas de cette édition, ou vient d’être retirée."),
        ({"seats": "-1"}, "seats", "Cette réponse ne convient pas."),
    ],
)
async def test_form_says_beside_the_field_what_does_not_fit(
    client: httpx.AsyncClient, draft: Draft, typed: dict[str, str], field: str, sentence: str
):
    answer = await move(client, draft, **typed)

    page = parsed(answer)
    assert answer.status_code == 422
    assert sentence in words(page.get_element_by_id(f"field-{field}-error"))
    assert page.forms[-2].fields["seats"] == {"seats": "8", **typed}["seats"]
    assert await draft.slot() == draft.placed


async def test_form_asks_which_when_the_clocks_show_an_hour_twice(client: httpx.AsyncClient, draft: Draft):
    await database.fetch("UPDATE edition SET starts_on = '2027-11-07', ends_on = '2027-11-07'")
    asked = await move(client, draft, day="2027-11-07", starts="1:30", ends="2:30")

    page = parsed(asked)
    assert "Il est deux fois 1 h 30" in words(page.get_element_by_id("field-starts-error"))
    assert page.xpath("//input[@name='starts_passage']/@value") == ["first", "second"]

    await move(client, draft, day="2027-11-07", starts="1:30", ends="2:30", starts_passage="second")

    assert (await draft.slot()).starts_at == datetime(2027, 11, 7, 6, 30, tzinfo=UTC)


async def test_form_refuses_an_hour_that_does_not_exist(client: httpx.AsyncClient, draft: Draft):
    await database.fetch("UPDATE edition SET starts_on = '2027-03-14', ends_on = '2027-03-14'")

    answer = await move(client, draft, day="2027-03-14", starts="2:30", ends="4:00")

    page = parsed(answer)
    assert "Cette heure n’existe pas" in words(page.get_element_by_id("field-starts-error"))


async def test_activity_is_placed_by_form(client: httpx.AsyncClient, draft: Draft):
    address = f"{PLACE}/activites/{draft.waiting}"
    page = await look(client, f"{address}?jour=2027-10-22")
    form = dict(page.forms[-1].fields)

    answer = await client.post(address, data={**form, "starts": "13:00", "room": str(draft.lilac)})

    assert form["day"] == "2027-10-22"
    assert answer.status_code == 303
    (slot,) = [each for each in (await draft.planning()).slots if each.title == "Atelier"]
    assert (slot.starts_at, slot.ends_at) == (
        datetime(2027, 10, 22, 17, tzinfo=UTC),
        datetime(2027, 10, 22, 18, tzinfo=UTC),
    )
    assert slot.seats == 40


async def test_activity_is_offered_once_more_from_its_slot(client: httpx.AsyncClient, draft: Draft):
    page = await look(client, f"{PLACE}/activites/{draft.placed.activity}")
    form = dict(page.forms[-1].fields)
    assert form["beside"] == "1"
    assert "Déjà à l’horaire" in words(page)

    await client.post(
        f"{PLACE}/activites/{draft.placed.activity}", data={**form, "day": "2027-10-22", "starts": "9:00"}
    )

    assert [slot.title for slot in (await draft.planning()).slots] == ["Conférence", "Conférence"]


async def test_activity_that_was_placed_meanwhile_is_told_with_what_was_typed(client: httpx.AsyncClient, draft: Draft):
    await place(draft, draft.lilac)

    answer = await client.post(
        f"{PLACE}/activites/{draft.waiting}",
        data={"day": "2027-10-22", "starts": "13:15", "beside": "0", "room": ""},
    )

    page = parsed(answer)
    assert answer.status_code == 409
    assert "vient d’être placée par Bob Tremblay" in words(page.find_class("error-summary")[0])
    assert (page.forms[-1].fields["starts"], page.forms[-1].fields["beside"]) == ("13:15", "1")


async def test_slot_is_taken_off_by_a_button(client: httpx.AsyncClient, draft: Draft):
    page = await look(client, f"{PLACE}/plages/{draft.placed.code}")
    button = page.forms[-1]

    answer = await client.post(button.action, data=dict(button.fields))

    assert answer.headers["location"] == f"{PLACE}?jour=2027-10-21"
    shown = await look(client)
    assert words(shown.get_element_by_id("flashes")) == "C’est fait : cette plage n’est plus à l’horaire."
    assert texts(shown.find_class("unplaced-body")) == [
        "Atelier 60 minutes Placer au clavier Atelier",
        "Conférence 60 minutes Placer au clavier Conférence",
    ]


@pytest.mark.parametrize("path", ["plages/XXXXXXXXXX", "activites/XXXXXXXXXX"])
async def test_what_is_not_of_this_edition_is_not_found(client: httpx.AsyncClient, draft: Draft, path: str):
    await look(client, f"{PLACE}/{path}", status=404)
    public = await database.fetch(
        "SELECT s.code FROM slot s JOIN activity a ON a.id = s.activity WHERE a.edition = $1", draft.edition.id
    )
    await look(client, f"{PLACE}/plages/{public[0]['code']}", status=404)


async def test_programme_of_the_public_does_not_move(client: httpx.AsyncClient, draft: Draft):
    await move(client, draft)

    assert texts((await look(client, "/jn2027/programme")).find_class("slot-when")) == ["9 h à 10 h"]
