"""The booth's hours at the page of an exhibitor's people."""

import httpx
import pytest

from digital_days.kernel import database
from exhibitors.domain.shifts import shifts_of
from tests.exhibitors.factories import make_category, make_exhibitor
from tests.exhibitors.portal_pages import owner_signs_in
from tests.factories import make_person
from tests.scheduling.routes.catalogue_pages import errors, fields, rows, said

pytestmark = pytest.mark.usefixtures("db")


async def typed(client: httpx.AsyncClient, path: str, **changes: str) -> dict[str, str]:
    """What the form sends for Bob on the first day, from nine to noon, but for ``changes``."""
    there = fields(await client.get(f"{path}/equipe"), "/presences")
    [[member]] = await rows("SELECT id FROM exhibitor_member ORDER BY id LIMIT 1")
    return {**there, "shift_person": f"m{member}", "shift_begin": "09:00", "shift_end": "12:00", **changes}


async def test_shift_is_added_shown_and_removed(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)

    answer = await client.post(f"{owner.path}/equipe/presences", data=await typed(client, owner.path))

    shown = said(await client.get(f"{owner.path}/equipe"))
    assert (answer.status_code, "jeudi 21 octobre 2027" in shown, "9 h à 12 h" in shown) == (303, True, True)
    mine = said(await client.get("/jn2027/mon-agenda"))
    assert "9 h à 12 h Présence au kiosque : Atelier du Nord" in mine
    [shift] = await shifts_of(owner.exhibitor.id)
    gone = await client.post(f"{owner.path}/equipe/presences/{shift.code}/enlever")
    assert (gone.status_code, await shifts_of(owner.exhibitor.id)) == (303, [])
    assert await rows("SELECT id FROM agenda_entry") == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"shift_end": "09:00"}, "L’heure de fin doit venir après l’heure de début."),
        ({"shift_begin": "demain"}, "Écrivez une heure, par exemple 13 h 30."),
        ({"shift_day": "2027-10-23"}, "Choisissez un jour de l’événement."),
        ({"shift_person": "m0"}, "Choisissez une personne de votre équipe."),
    ],
)
async def test_odd_answer_is_said_beside_its_field_and_the_rest_stays(
    client: httpx.AsyncClient, changes: dict[str, str], sentence: str
):
    owner = await owner_signs_in(client)
    data = await typed(client, owner.path, **changes)

    answer = await client.post(f"{owner.path}/equipe/presences", data=data)

    [name] = changes
    kept = {**data, **changes}
    if name in ("shift_person", "shift_day"):  # no choice of the list
        kept[name] = fields(answer, "/presences")[name]
    assert (answer.status_code, errors(answer)) == (422, [sentence])
    assert fields(answer, "/presences") == kept
    assert f'href="#field-{name}"' in answer.text


async def test_clash_is_said_beside_the_person_and_nothing_typed_is_lost(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    data = await typed(client, owner.path)
    await client.post(f"{owner.path}/equipe/presences", data=data)

    answer = await client.post(f"{owner.path}/equipe/presences", data={**data, "shift_end": "10:00"})

    assert (answer.status_code, errors(answer)) == (422, ["Bob Tremblay est déjà au kiosque, de 9 h à 12 h."])
    assert fields(answer, "/presences") == {**data, "shift_end": "10:00"}


async def test_shift_of_another_exhibitor_is_not_there(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    data = await typed(client, owner.path)
    await client.post(f"{owner.path}/equipe/presences", data=data)
    charlie = await make_person("Charlie Roy", "charlie@example.ca")
    other = await make_exhibitor(owner.edition, await make_category(owner.edition, "Autre"), charlie, name="Autre")
    await database.fetch("UPDATE booth_shift SET exhibitor = $1", other.id)
    [shift] = await shifts_of(other.id)
    theirs = f"/jn2027/mon-kiosque/{other.code}/equipe/presences"

    assert [
        (await client.post(f"{owner.path}/equipe/presences/{shift.code}/enlever")).status_code,
        (await client.post(f"{theirs}/{shift.code}/enlever")).status_code,
        (await client.post(theirs, data=data)).status_code,
    ] == [404, 404, 404]
    assert await shifts_of(other.id) == [shift]


async def test_form_waits_for_the_application_to_be_accepted(client: httpx.AsyncClient):
    owner = await owner_signs_in(client, state="submitted")

    page = await client.get(f"{owner.path}/equipe")

    assert "Les présences au kiosque se préparent une fois la candidature acceptée." in said(page)
    assert 'name="shift_person"' not in page.text
