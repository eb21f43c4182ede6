"""The organisers' pages of rooms, venues and opening hours: all in the draft, nothing lost or overwritten unseen."""

import asyncio
from datetime import date, time

import httpx
import pytest

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from scheduling.domain.drafts import draft_of
from scheduling.domain.room_removal import remove_room
from scheduling.domain.rooms import RoomNameTaken, RoomTexts, add_room, change_room, rooms_of
from tests.factories import Made, make_activity, make_edition, make_person, make_room, make_slot
from tests.scheduling.routes.catalogue_pages import alice_organises, errors, fields, rows, said
from tests.statements import counted_statements

ROOMS = "/jn2027/organisation/salles"
ROOM = "SELECT name, venue, capacity, step_free FROM room WHERE edition = $1 ORDER BY position, id"


async def with_rooms(client: httpx.AsyncClient, *names: str) -> int:
    """The draft of Alice's edition with these rooms in the library."""
    edition = await alice_organises(client)
    for name in names:
        await make_room(edition, name)
    return await draft_of(edition.id)


async def number(draft: int, name: str) -> int:
    return next(room.id for room in await rooms_of(draft) if room.name == name)


@pytest.mark.usefixtures("db")
async def test_room_is_added_to_the_draft_only(client: httpx.AsyncClient):
    draft = await with_rooms(client, "Salle des Lilas")
    typed = {**fields(await client.get(f"{ROOMS}/nouvelle")), "name": "Atrium", "capacity": "30", "step_free": "yes"}

    answer = await client.post(f"{ROOMS}/nouvelle", data=typed)

    assert answer.status_code == 303
    assert await rows(ROOM, draft) == [
        ("Salle des Lilas", "Bibliothèque", 40, None),
        ("Atrium", "Bibliothèque", 30, True),
    ]
    assert len(await rows("SELECT 1 FROM room WHERE name = 'Atrium'")) == 1
    assert "La salle « Atrium » est ajoutée." in said(await client.get(ROOMS))


@pytest.mark.usefixtures("db")
async def test_wrong_form_says_so_beside_each_field_and_keeps_what_was_typed(client: httpx.AsyncClient):
    await with_rooms(client, "Salle des Lilas")

    answer = await client.post(
        f"{ROOMS}/nouvelle", data={"name": "", "capacity": "beaucoup", "workstations": "-1", "equipment_fr": "Écran"}
    )

    assert answer.status_code == 422
    assert errors(answer) == [
        "Ce renseignement est nécessaire.",
        "Écrivez un nombre entier, par exemple 40.",
        "Écrivez un nombre entier, par exemple 40.",
    ]
    assert (fields(answer)["capacity"], fields(answer)["equipment_fr"].strip()) == ("beaucoup", "Écran")


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("path", ["nouvelle", "{lilas}"])
async def test_name_of_another_room_is_refused_in_words(client: httpx.AsyncClient, path: str):
    draft = await with_rooms(client, "Salle des Lilas", "Atrium")
    page = await client.get(f"{ROOMS}/{path.format(lilas=await number(draft, 'Salle des Lilas'))}")

    answer = await client.post(page.url.path, data={**fields(page), "name": "Atrium", "capacity": "7"})

    assert answer.status_code == 422
    assert [error.replace("\N{NO-BREAK SPACE}", " ") for error in errors(answer)] == [
        "Une autre salle de cette édition s’appelle déjà « Atrium » : donnez un autre nom à celle-ci."
    ]
    assert fields(answer)["capacity"] == "7"


@pytest.mark.usefixtures("db")
async def test_room_under_another_name_keeps_its_slots(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await make_slot(await make_activity(edition), room=await make_room(edition))
    draft = await draft_of(edition.id)
    path = f"{ROOMS}/{await number(draft, 'Salle des Lilas')}"

    await client.post(path, data={**fields(await client.get(path)), "name": "Salle des Roses"})

    assert [(room.name, room.slots) for room in await rooms_of(draft)] == [("Salle des Roses", 1)]
    assert await rows("SELECT name FROM room WHERE edition = $1", edition.id) == [("Salle des Lilas",)]


@pytest.mark.usefixtures("committed")
async def test_second_of_two_writers_sees_what_the_first_wrote_and_loses_nothing(client: httpx.AsyncClient):
    draft = await with_rooms(client, "Salle des Lilas")
    path = f"{ROOMS}/{await number(draft, 'Salle des Lilas')}"
    mine = {**fields(await client.get(path)), "capacity": "25"}
    theirs = {**mine, "capacity": "60", "step_free": "no", "name": "Grande salle"}
    await client.post(path, data=theirs)

    answer = await client.post(path, data=mine)
    again = await client.post(path, data=fields(answer))

    assert answer.status_code == 409
    told = said(answer)
    assert "Quelqu’un a changé ceci" in told
    assert "Nom de la salle Grande salle" in told
    assert "Personnes au plus 60" in told
    assert "sans monter de marche? Non" in told
    assert fields(answer)["capacity"] == "25"
    assert again.status_code == 303
    assert await rows(ROOM, draft) == [("Salle des Lilas", "Bibliothèque", 25, None)]


@pytest.mark.usefixtures("db")
async def test_rooms_stand_in_the_order_that_was_chosen(client: httpx.AsyncClient):
    draft = await with_rooms(client, "A", "B", "C")
    path = f"{ROOMS}/{await number(draft, 'C')}"
    typed = fields(await client.get(path))

    assert typed["after"] == str(await number(draft, "B"))
    await client.post(path, data={**typed, "after": str(await number(draft, "A"))})
    assert [room.name for room in await rooms_of(draft)] == ["A", "C", "B"]
    await client.post(path, data={**fields(await client.get(path)), "after": "0"})
    assert [room.name for room in await rooms_of(draft)] == ["C", "A", "B"]


@pytest.mark.usefixtures("db")
async def test_moving_a_room_disturbs_nobody_who_writes_another_that_stays(client: httpx.AsyncClient):
    draft = await with_rooms(client, "A", "B", "C")
    path = f"{ROOMS}/{await number(draft, 'C')}"
    typed = fields(await client.get(path))
    before = await rows("SELECT name, ctid::text FROM room WHERE edition = $1 ORDER BY name", draft)

    await client.post(path, data={**typed, "after": str(await number(draft, "A"))})

    after = await rows("SELECT name, ctid::text FROM room WHERE edition = $1 ORDER BY name", draft)
    assert [name for (name, was), (_name, lies) in zip(before, after, strict=True) if was == lies] == ["A"]


@pytest.mark.usefixtures("db")
async def test_room_that_joins_a_venue_has_its_address(client: httpx.AsyncClient):
    draft = await with_rooms(client, "A")
    path = f"{ROOMS}/{await number(draft, 'A')}/lieu"
    page = await client.get(path)
    await client.post(
        path, data={**fields(page), "name": "Maison", "name_en": "House", "address": "1, rue Principale, Lachute"}
    )

    await add_room(draft, RoomTexts(name="B", venue="Maison"), after=0)
    await add_room(draft, RoomTexts(name="C", venue="Ailleurs"), after=0)

    assert await rows("SELECT name, venue_en, address FROM room WHERE edition = $1 ORDER BY name", draft) == [
        ("A", "House", "1, rue Principale, Lachute"),
        ("B", "House", "1, rue Principale, Lachute"),
        ("C", "", ""),
    ]


@pytest.mark.usefixtures("committed")
async def test_venue_is_written_once_for_all_its_rooms(client: httpx.AsyncClient):
    draft = await with_rooms(client, "A", "B")
    path = f"{ROOMS}/{await number(draft, 'A')}/lieu"
    first = fields(await client.get(path))

    empty = await client.post(path, data={**first, "name": ""})
    written = await client.post(path, data={**first, "address": "2, rue Neuve"})
    late = await client.post(path, data={**first, "address": "3, rue Vieille"})

    assert (empty.status_code, written.status_code, late.status_code) == (422, 303, 409)
    assert "Adresse 2, rue Neuve" in said(late)
    assert fields(late)["address"] == "3, rue Vieille"
    assert await rows("SELECT name, address FROM room WHERE edition = $1 ORDER BY name", draft) == [
        ("A", "2, rue Neuve"),
        ("B", "2, rue Neuve"),
    ]


@pytest.mark.usefixtures("db")
async def test_room_that_holds_slots_goes_only_when_it_is_said_where_they_go(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await make_slot(await make_activity(edition), room=await make_room(edition))
    await make_room(edition, "Atrium")
    draft = await draft_of(edition.id)
    path = f"{ROOMS}/{await number(draft, 'Salle des Lilas')}/enlever"

    page = await client.get(path)
    undecided = await client.post(path, data={})
    itself = await client.post(path, data={"slots_to": str(await number(draft, "Salle des Lilas"))})
    moved = await client.post(path, data={"slots_to": str(await number(draft, "Atrium"))})

    assert "« Mots de passe solides », jeudi 21 octobre 2027, 9 h à 10 h" in said(page)
    assert (undecided.status_code, itself.status_code, moved.status_code) == (422, 422, 303)
    assert errors(undecided) == ["Cette salle accueille encore des activités : dites d’abord où elles vont."]
    assert errors(itself) == ["Choisissez une autre salle de cette édition, ou aucune salle."]
    assert [(room.name, room.slots) for room in await rooms_of(draft)] == [("Atrium", 1)]
    assert "1 plage est passée dans l’autre salle" in said(await client.get(ROOMS))


@pytest.mark.usefixtures("db")
async def test_slots_may_stay_without_a_room(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await make_slot(await make_activity(edition), room=await make_room(edition))
    draft = await draft_of(edition.id)

    await client.post(f"{ROOMS}/{await number(draft, 'Salle des Lilas')}/enlever", data={"slots_to": "0"})

    assert "1 plage n’a plus de salle" in said(await client.get(ROOMS))
    assert await rows("SELECT s.room FROM slot s JOIN activity a ON a.id = s.activity WHERE a.edition = $1", draft) == [
        (None,)
    ]


@pytest.mark.usefixtures("db")
async def test_empty_room_goes_with_one_button(client: httpx.AsyncClient):
    draft = await with_rooms(client, "Atrium")
    path = f"{ROOMS}/{await number(draft, 'Atrium')}/enlever"

    page = await client.get(path)
    answer = await client.post(path, data=fields(page))

    assert "Rien n’y est prévu" in said(page)
    assert (answer.status_code, await rooms_of(draft)) == (303, [])
    assert "Aucune salle encore" in said(await client.get(ROOMS))


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("page", ["", "/enlever", "/lieu"])
@pytest.mark.parametrize("whose", ["another edition", "the public one", "nobody"])
async def test_room_that_is_not_of_this_draft_is_not_found(client: httpx.AsyncClient, page: str, whose: str):
    edition = await alice_organises(client)
    public = await make_room(edition)
    await draft_of(edition.id)
    there = await draft_of((await make_edition("cafe2028")).id)
    foreign = await make_room(Made(there, ""), "Salle d’ailleurs")
    room = {"another edition": foreign, "the public one": public, "nobody": 2**31}[whose]

    answers = [
        await client.get(f"{ROOMS}/{room}{page}"),
        await client.post(f"{ROOMS}/{room}{page}", data={"name": "x"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.usefixtures("db")
async def test_slots_of_a_room_cannot_go_to_another_edition(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await make_slot(await make_activity(edition), room=await make_room(edition))
    draft = await draft_of(edition.id)
    foreign = await make_room(await make_edition("cafe2028"), "Salle d’ailleurs")

    answer = await client.post(
        f"{ROOMS}/{await number(draft, 'Salle des Lilas')}/enlever", data={"slots_to": str(foreign)}
    )

    assert (answer.status_code, [room.slots for room in await rooms_of(draft)]) == (422, [1])


@pytest.mark.usefixtures("db")
async def test_list_takes_as_many_statements_for_three_rooms_as_for_one(client: httpx.AsyncClient):
    draft = await with_rooms(client, "A")
    async with counted_statements() as for_one:
        await client.get(ROOMS)
    for name in ("B", "C"):
        await add_room(draft, RoomTexts(name=name), after=0)
    async with counted_statements() as for_three:
        await client.get(ROOMS)

    assert len(for_one) == len(for_three)


@pytest.mark.usefixtures("db")
async def test_opening_hours_are_said_by_day(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    typed = {"day": ["2027-10-21", "2027-10-22"], "opens": ["08:00", ""], "closes": ["17 h 30", ""], "version": ""}

    first = await client.post("/jn2027/organisation/heures", data=typed)
    late = await client.post("/jn2027/organisation/heures", data={**typed, "opens": ["09:00", ""]})
    page = await client.get("/jn2027/organisation/heures")

    assert (first.status_code, late.status_code) == (303, 409)
    assert "jeudi 21 octobre 2027 : 08:00 à 17:30" in said(late)
    assert "vendredi 22 octobre 2027 : toute la journée" in said(late)
    assert 'value="09:00"' in late.text
    assert 'value="17:30"' in page.text
    assert await rows(
        "SELECT day, opens_at, closes_at FROM opening_hours WHERE edition = $1", await draft_of(edition.id)
    ) == [(date(2027, 10, 21), time(8), time(17, 30))]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("opens", "closes", "error"),
    [
        ("8:00", "", "jeudi 21 octobre 2027 : écrivez les deux heures, ou laissez les deux vides."),
        ("tôt", "17:00", "jeudi 21 octobre 2027 : écrivez chaque heure comme 13 h 30."),
        ("17:00", "8:00", "jeudi 21 octobre 2027 : l’heure de fermeture doit venir après l’ouverture."),
    ],
)
async def test_wrong_hours_are_told_in_their_day(client: httpx.AsyncClient, opens: str, closes: str, error: str):
    await alice_organises(client)

    answer = await client.post(
        "/jn2027/organisation/heures", data={"day": ["2027-10-21"], "opens": [opens], "closes": [closes]}
    )

    assert answer.status_code == 422
    assert [" ".join(each.split()) for each in errors(answer)] == [error]
    assert f'value="{opens}"' in answer.text


@pytest.mark.usefixtures("committed")
async def test_of_two_rooms_with_one_name_at_one_moment_one_is_made():
    draft = await draft_of((await make_edition()).id)

    outcomes = await asyncio.gather(
        *(add_room(draft, RoomTexts(name="Atrium"), after=0) for _each in range(5)), return_exceptions=True
    )

    assert sorted(map(repr, outcomes)) == ["None", *["RoomNameTaken(name='Atrium')"] * 4]
    assert len(await rooms_of(draft)) == 1


@pytest.mark.usefixtures("committed")
async def test_of_two_rooms_renamed_alike_at_one_moment_one_is():
    draft = await draft_of((await make_edition()).id)
    for name in ("A", "B", "C"):
        await add_room(draft, RoomTexts(name=name), after=0)
    rooms = await rooms_of(draft)

    outcomes = await asyncio.gather(
        *(change_room(draft, each.id, RoomTexts(name="D"), version=each.version, after=0) for each in rooms),
        return_exceptions=True,
    )

    told = [type(outcome) for outcome in outcomes if outcome]
    assert len(told) == 2
    assert set(told) <= {RoomNameTaken, ChangedMeanwhile}
    assert sorted(room.name for room in await rooms_of(draft)).count("D") == 1


@pytest.mark.usefixtures("committed")
async def test_slot_that_comes_into_a_room_while_it_is_removed_is_not_lost_to_view():
    draft = await draft_of((await make_edition()).id)
    alice = await make_person("Alice Gagnon", "alice@example.ca")
    for attempt in range(5):
        room = await make_room(Made(draft, ""), f"Salle {attempt}")
        activity = await make_activity(Made(draft, ""), f"Activité {attempt}")

        slot, removed = await asyncio.gather(
            make_slot(activity, room=room), remove_room(draft, room, slots_to=None, by=alice), return_exceptions=True
        )

        # either the room was gone before the slot came, or the slot holds it
        assert isinstance(slot, Made) != (removed == 0)
