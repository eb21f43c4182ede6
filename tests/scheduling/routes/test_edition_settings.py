"""The organisers' page of the edition: its words and days, who sees it, its English."""

from datetime import date

import httpx
import pytest

from digital_days.kernel import database
from digital_days.kernel.permissions import Role
from scheduling.domain.drafts import draft_of
from tests.conftest import sign_in
from tests.desk_factories import make_attendee
from tests.factories import grant, make_activity, make_edition, make_person, make_slot
from tests.scheduling.routes.catalogue_pages import alice_organises, errors, fields, rows, said

EDITION = "/jn2027/organisation/edition"


@pytest.mark.usefixtures("db")
async def test_words_and_days_are_saved_as_they_are_written(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    draft = await draft_of(edition.id)
    typed = {
        "name_fr": "Journées",
        "name_en": "Days",
        "starts_on": "2027-11-03",
        "ends_on": "2027-11-04",
        "place_fr": "Grenville",
        "place_en": "In Grenville",
        "tagline_fr": "Venez",
        "tagline_en": "Come",
        "organiser_name": "MRC",
        "postal_address": "1, rue A\r\nLachute",
        "contact_email": "ICI@exemple.ca",
    }

    answer = await client.post(EDITION, data={**fields(await client.get(EDITION), "/edition"), **typed})

    assert answer.status_code == 303
    assert await rows(f"SELECT {', '.join(typed)} FROM edition WHERE id = $1", edition.id) == [
        (
            "Journées",
            "Days",
            date(2027, 11, 3),
            date(2027, 11, 4),
            "Grenville",
            "In Grenville",
            "Venez",
            "Come",
            "MRC",
            "1, rue A\nLachute",
            "ici@exemple.ca",
        )
    ]
    assert await rows("SELECT name_fr, starts_on FROM edition WHERE id = $1", draft) == [
        ("Journées", date(2027, 11, 3))
    ]
    assert "Grenville" in (await client.get("/jn2027")).text


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"name_fr": " "}, "Ce renseignement est nécessaire."),
        ({"starts_on": "hier"}, "Écrivez une date complète, par exemple 2027-10-21."),
        ({"starts_on": "0001-01-01"}, "Écrivez une date complète, par exemple 2027-10-21."),
        ({"ends_on": ""}, "Ce renseignement est nécessaire."),
        ({"ends_on": "2027-10-20"}, "Le dernier jour vient avant le premier."),
        ({"ends_on": "2027-12-31"}, "Une édition dure au plus 31 jours."),
        ({"contact_email": "ici"}, "Écrivez une adresse courriel complète, comme prenom.nom@exemple.ca."),
        ({"place_fr": "x" * 301}, "C’est trop long : 300 caractères au plus."),
    ],
)
async def test_wrong_form_says_so_and_keeps_what_was_typed(
    client: httpx.AsyncClient, changed: dict[str, str], error: str
):
    edition = await alice_organises(client)
    before = await rows("SELECT xmin::text, ctid::text FROM edition WHERE id = $1", edition.id)

    answer = await client.post(
        EDITION, data={**fields(await client.get(EDITION), "/edition"), "tagline_fr": "Mes mots", **changed}
    )

    assert (answer.status_code, errors(answer)) == (422, [error])
    assert fields(answer, "/edition")["tagline_fr"] == "Mes mots"
    assert await rows("SELECT xmin::text, ctid::text FROM edition WHERE id = $1", edition.id) == before


@pytest.mark.usefixtures("db")
async def test_days_that_leave_a_slot_outside_are_confirmed_first(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await make_slot(await make_activity(edition))
    typed = {**fields(await client.get(EDITION), "/edition"), "starts_on": "2027-10-22"}

    first = await client.post(EDITION, data=typed)
    again = await client.post(EDITION, data={**fields(first, "/edition"), "anyway": "yes"})

    assert first.status_code == 422
    assert "« Mots de passe solides », jeudi 21 octobre 2027, 9 h à 10 h" in said(first)
    assert errors(first) == ["Des activités seraient en dehors de ces jours : voyez lesquelles, puis confirmez."]
    assert again.status_code == 303
    assert await rows("SELECT starts_on FROM edition WHERE id = $1", edition.id) == [(date(2027, 10, 22),)]


@pytest.mark.usefixtures("committed")
async def test_second_of_two_writers_sees_what_the_first_wrote(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    mine = {**fields(await client.get(EDITION), "/edition"), "tagline_fr": "Mes mots"}
    await client.post(EDITION, data={**mine, "tagline_fr": "Ses mots", "place_fr": "Grenville"})

    answer = await client.post(EDITION, data=mine)
    again = await client.post(EDITION, data=fields(answer, "/edition"))

    assert answer.status_code == 409
    assert "Où cela se passe Grenville" in said(answer)
    assert "Phrase d’accueil Ses mots" in said(answer)
    assert fields(answer, "/edition")["tagline_fr"] == "Mes mots"
    assert again.status_code == 303
    assert await rows("SELECT tagline_fr, place_fr FROM edition WHERE id = $1", edition.id) == [("Mes mots", "Lachute")]


@pytest.mark.usefixtures("committed")
async def test_ground_that_somebody_has_changed_is_shown_before_it_is_replaced(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    mine = {**fields(await client.get(EDITION), "/anglais"), "ground_fr": "Mon motif"}
    await client.post(f"{EDITION}/anglais", data={**mine, "ground_fr": "Son motif"})

    answer = await client.post(f"{EDITION}/anglais", data=mine)
    again = await client.post(f"{EDITION}/anglais", data=fields(answer, "/anglais"))

    assert (answer.status_code, again.status_code) == (409, 303)
    assert "Motif, en français Son motif" in said(answer)
    assert await rows("SELECT english_ground_fr FROM edition WHERE id = $1", edition.id) == [("Mon motif",)]


@pytest.mark.usefixtures("db")
async def test_english_opens_with_a_ground_in_both_languages_that_nobody_has_written_beforehand(
    client: httpx.AsyncClient,
):
    await alice_organises(client, await make_edition(english=False))
    page = await client.get(EDITION)

    assert {name: fields(page, "/anglais")[name].strip() for name in ("ground_fr", "ground_en")} == {
        "ground_fr": "",
        "ground_en": "",
    }
    half = await client.post(f"{EDITION}/anglais", data={**fields(page, "/anglais"), "ground_fr": "Pour les visiteurs"})
    whole = {**fields(half, "/anglais"), "ground_en": "For visitors"}
    opened = await client.post(f"{EDITION}/anglais", data=whole)

    assert (half.status_code, errors(half)) == (422, ["Ce renseignement est nécessaire."])
    assert fields(half, "/anglais")["ground_fr"].strip() == "Pour les visiteurs"
    assert opened.status_code == 303
    assert "For visitors" in (await client.get("/en/jn2027/programme")).text


@pytest.mark.usefixtures("db")
async def test_closing_english_leads_its_readers_to_french_and_keeps_the_texts(client: httpx.AsyncClient):
    edition = await alice_organises(client)

    await client.post(f"{EDITION}/anglais/fermer")

    assert (await client.get("/en/jn2027/programme")).headers["location"] == "/jn2027/programme"
    assert await rows("SELECT name_en, english_ground_fr FROM edition WHERE id = $1", edition.id) == [
        ("Argenteuil Digital Days", "")
    ]
    assert "Fermées" in said(await client.get(EDITION))


@pytest.mark.usefixtures("db")
async def test_edition_is_withdrawn_and_announced_by_its_organisers(client: httpx.AsyncClient):
    await alice_organises(client)
    stranger = httpx.AsyncClient(transport=client._transport, base_url="http://test.example")

    await client.post(f"{EDITION}/retirer")
    hidden = (await client.get(EDITION), await stranger.get("/jn2027"))
    await client.post(f"{EDITION}/annoncer")
    shown = (await client.get(EDITION), await stranger.get("/jn2027"))

    assert (hidden[1].status_code, shown[1].status_code) == (404, 200)
    assert "Seules les personnes qui l’organisent la voient." in said(hidden[0])
    assert "Personne ne s’y est encore inscrit" in said(shown[0])


@pytest.mark.usefixtures("db")
async def test_edition_with_people_is_not_withdrawn_and_says_why(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await make_attendee(edition)

    page = await client.get(EDITION)
    await client.post(f"{EDITION}/retirer")

    assert "1 personne s’y est inscrite : elle reste annoncée." in said(page)
    assert "Des personnes sont inscrites à cette édition" in said(await client.get(EDITION))
    assert await rows("SELECT announced FROM edition WHERE id = $1", edition.id) == [(True,)]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    "path",
    [
        "edition",
        "edition/annoncer",
        "edition/retirer",
        "edition/anglais",
        "edition/anglais/fermer",
        "editions/nouvelle",
    ],
)
async def test_organiser_of_another_edition_changes_nothing(client: httpx.AsyncClient, path: str):
    await alice_organises(client, await make_edition("cafe2028"))
    edition = await make_edition()
    before = await database.fetch("SELECT * FROM edition WHERE id = $1", edition.id)

    answer = await client.post(
        f"/jn2027/organisation/{path}", data={"name_fr": "x", "ground_fr": "x", "ground_en": "x"}
    )

    assert answer.status_code == 403
    assert await database.fetch("SELECT * FROM edition WHERE id = $1", edition.id) == before


@pytest.mark.usefixtures("db")
async def test_volunteer_of_the_desk_may_not_open_it(client: httpx.AsyncClient):
    edition = await make_edition()
    dora = await make_person("Dora Roy", "dora@example.ca")
    await grant(dora, Role.DESK, edition)
    await sign_in(client, dora)

    assert (await client.get(EDITION)).status_code == 403
