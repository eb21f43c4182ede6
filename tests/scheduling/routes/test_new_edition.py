"""The page on which an organiser makes the next edition."""

from datetime import UTC, date, datetime

import httpx
import pytest

from digital_days.kernel import editions
from digital_days.kernel.permissions import Role
from scheduling.domain.drafts import draft_of
from tests.conftest import sign_in
from tests.factories import grant, make_activity, make_edition, make_person, make_room, make_slot
from tests.scheduling.routes.catalogue_pages import alice_organises, errors, fields, rows, said

NEW = "/jn2027/organisation/editions/nouvelle"
WANTED = {"name_fr": "Journées 2028", "starts_on": "2028-10-19"}
EDITIONS = "SELECT slug, name_fr, starts_on, ends_on, announced FROM edition WHERE draft_of IS NULL ORDER BY id"

pytestmark = pytest.mark.usefixtures("db")


async def test_copy_is_made_from_a_name_and_a_first_day(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await make_slot(await make_activity(edition), room=await make_room(edition))

    answer = await client.post(NEW, data={**fields(await client.get(NEW)), **WANTED})
    page = await client.get(answer.headers["location"])

    assert (answer.status_code, answer.headers["location"]) == (303, "/journees-2028/organisation/edition")
    assert "« Journées 2028 » est créée. Personne d’autre ne la voit" in said(page)
    assert (await rows(EDITIONS))[1:] == [
        ("journees-2028", "Journées 2028", date(2028, 10, 19), date(2028, 10, 20), False)
    ]
    [(new,)] = await rows("SELECT id FROM edition WHERE slug = 'journees-2028'")
    assert await rows(
        "SELECT s.starts_at FROM slot s JOIN activity a ON a.id = s.activity WHERE a.edition = $1",
        await draft_of(int(str(new))),
    ) == [(datetime(2028, 10, 19, 13, tzinfo=UTC),)]
    assert "Mots de passe solides" not in (await client.get("/journees-2028/programme")).text


async def test_edition_from_nothing_needs_its_last_day(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await make_room(edition)
    typed = {**fields(await client.get(NEW)), **WANTED, "source": "", "slug": "JN2028"}

    first = await client.post(NEW, data=typed)
    made = await client.post(NEW, data={**fields(first), "ends_on": "2028-10-19"})

    assert (first.status_code, errors(first)) == (422, ["Ce renseignement est nécessaire."])
    assert made.headers["location"] == "/jn2028/organisation/edition"
    assert len(await rows("SELECT 1 FROM room")) == 1


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"slug": "jn2027"}, "Une autre édition a déjà l’adresse « jn2027 » : choisissez-en une autre."),
        (
            {"slug": "compte"},
            "L’adresse « compte » est déjà celle d’une page du site : choisissez-en une autre pour l’édition.",
        ),
        (
            {"name_fr": "!!!"},
            (
                "« » ne convient pas comme adresse d’édition : au plus 40 lettres minuscules sans accent, "
                "chiffres et traits d’union, par exemple « jn2027 »."
            ),
        ),
        ({"name_fr": ""}, "Ce renseignement est nécessaire."),
        ({"starts_on": "9999-12-31"}, "Écrivez une date complète, par exemple 2027-10-21."),
        ({"ends_on": "2028-10-01"}, "Le dernier jour vient avant le premier."),
        ({"source": "ailleurs"}, "Cette réponse ne convient pas."),
    ],
)
async def test_wrong_form_says_so_keeps_what_was_typed_and_makes_nothing(
    client: httpx.AsyncClient, changed: dict[str, str], error: str
):
    await alice_organises(client)
    typed = {**fields(await client.get(NEW)), **WANTED, "tagline_fr": "Mes mots", **changed}

    answer = await client.post(NEW, data=typed)

    assert (answer.status_code, errors(answer)) == (422, [error])
    assert fields(answer)["tagline_fr"] == "Mes mots"
    assert len(await rows(EDITIONS)) == 1
    assert (
        await rows("SELECT 1 FROM role_grant WHERE edition NOT IN (SELECT id FROM edition WHERE slug = 'jn2027')") == []
    )


async def test_what_daylight_saving_and_fewer_days_change_is_told_before_anything_is_made(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    night = datetime(2027, 10, 21, 6, 30, tzinfo=UTC)  # 2 h 30 in Toronto
    await make_slot(await make_activity(edition, "Nuit blanche"), starts_at=night)
    await make_slot(await make_activity(edition, "Lendemain"), starts_at=datetime(2027, 10, 22, 14, tzinfo=UTC))
    typed = {**fields(await client.get(NEW)), **WANTED, "starts_on": "2028-03-12", "ends_on": "2028-03-12"}

    first = await client.post(NEW, data=typed)
    made = await client.post(NEW, data={**fields(first), "anyway": "yes"})

    assert errors(first) == ["Tout ne peut pas être copié tel quel : voyez quoi, puis confirmez."]
    assert "« Nuit blanche », 12 mars 2028 : 2 h 30 n’existe pas ce jour-là, l’horloge avance. Ce sera 3 h 30." in said(
        first
    )
    assert "« Lendemain », lundi 13 mars 2028, 10 h à 11 h : en dehors des jours de la nouvelle édition." in said(first)
    assert len(await rows("SELECT 1 FROM slot")) == 6  # two in public, two in each draft
    assert made.status_code == 303


async def test_only_editions_that_one_organises_can_be_copied(client: httpx.AsyncClient):
    await alice_organises(client)
    there = await make_edition("cafe2028", name="Café")
    carl = await make_person("Carl Roy", "carl@example.ca")
    await grant(carl, Role.ORGANISER, there)

    page = await client.get(NEW)
    answer = await client.post(NEW, data={**fields(page), **WANTED, "source": "cafe2028"})

    assert "Café" not in said(page)
    assert (answer.status_code, len(await rows(EDITIONS))) == (422, 2)


async def test_organiser_of_one_edition_does_not_see_the_one_that_another_prepares(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    made = await client.post(NEW, data={**fields(await client.get(NEW)), **WANTED})
    await client.get(made.headers["location"])  # which says it once
    carl = await make_person("Carl Roy", "carl@example.ca")
    await grant(carl, Role.ORGANISER, edition)
    await sign_in(client, carl)
    editions.forget()

    assert 'value="journees-2028"' not in (await client.get(NEW)).text
    assert (await client.get("/journees-2028")).status_code == 404
    assert (await client.get("/journees-2028/organisation/edition")).status_code == 403


async def test_administrator_copies_any(client: httpx.AsyncClient):
    await make_edition()
    await make_edition("cafe2028", name="Café")
    admin = await make_person("Ada Roy", "ada@example.ca")
    await grant(admin, Role.ADMINISTRATOR, None)
    await sign_in(client, admin)

    answer = await client.post(NEW, data={**fields(await client.get(NEW)), **WANTED, "source": "cafe2028"})

    assert answer.status_code == 303
