"""The pages of groups: nobody takes seats for many without a proved address, and only the contact sees the group."""

import httpx
import pytest

from digital_days.kernel import clock, database, signing
from digital_days.kernel.permissions import Role
from scheduling.domain.group_places import MOST
from scheduling.domain.group_reading import group_called
from tests.conftest import SECRET, sign_in
from tests.desk_factories import MORNING
from tests.factories import Made, grant, make_activity, make_edition, make_person, make_slot
from tests.scheduling.grouped import FIVE, make_contact, make_group
from tests.scheduling.planning import found, texts

NEW = "/jn2027/groupes/nouveau"


@pytest.fixture
async def edition() -> Made:
    return await make_edition()


@pytest.fixture
async def slot(edition: Made) -> Made:
    return await make_slot(await make_activity(edition, "Mots de passe"), seats=4)


def form(slot: Made, **more: object) -> dict[str, object]:
    """What Carole sends for three colleagues."""
    typed = {
        "kind": "business",
        "organisation": "Garage Tremblay",
        "form_code": "one-form",
        "slots": [slot.code],
        "members": "Alain Roy; alain@example.ca\nBéa Cyr",
        "count": "3",
        "together": "all",
        "declared": "yes",
    }
    return {**typed, **more}


def plain(page: httpx.Response) -> str:
    return page.text.replace("\N{NO-BREAK SPACE}", " ")


async def count(table: str) -> int:
    [row] = await database.fetch(f"SELECT count(*) AS count FROM {table}")
    return int(row["count"])


@pytest.mark.usefixtures("db")
async def test_stranger_is_asked_to_sign_in_first_and_keeps_what_was_typed(client: httpx.AsyncClient, slot: Made):
    start = await client.get(f"{NEW}?plage={slot.code}")
    sent = await client.post(NEW, data=form(slot), headers={"origin": "http://test.example"})

    assert found(start, "//form[@action='/connexion']//button/@value") == [
        f"{NEW}?genre={kind}&plage={slot.code}" for kind in ("business", "class")
    ]
    assert sent.status_code == 422
    assert "Béa Cyr" in sent.text
    assert "Votre session est fermée" in plain(sent)
    assert (await count("group_registration"), await count("place")) == (0, 0)


@pytest.mark.usefixtures("db")
async def test_contact_registers_a_group_and_is_led_to_its_page(client: httpx.AsyncClient, slot: Made):
    await sign_in(client, await make_contact())

    empty = await client.get(f"{NEW}?genre=business&plage={slot.code}")
    sent = await client.post(NEW, data=form(slot))
    group = await client.get(sent.headers["location"])

    assert len(texts(empty, f"//input[@value='{slot.code}'][@checked]")) == 1
    assert (sent.status_code, group.status_code) == (303, 200)
    assert texts(group, "//article/h3[@class='card-title'][starts-with(@id, 'member-')]") == [
        "Alain Roy",
        "Béa Cyr",
        "Personne 3",
    ]
    tickets = await client.get(f"{sent.headers['location']}/billets")
    assert len(texts(tickets, "//p[@class='ticket-number']")) == 3
    assert "3 personnes sont inscrites" in plain(group)
    mine = await client.get("/jn2027/mes-groupes")
    assert "Garage Tremblay" in mine.text
    assert "1 nom à venir" in plain(mine)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"kind": "class", "members": "Léa", "declared": ""}, "sans cet accord"),
        ({"kind": "class", "members": "Léa; lea@example.ca"}, "ni adresse, ni note"),
        ({"slots": []}, "Cochez au moins une activité"),
        ({"slots": ["NOSUCHSLOT"]}, "n’est plus au programme"),
        ({"members": "", "count": ""}, "Écrivez au moins un nom"),
        ({"count": "1"}, "le nombre total doit être au moins celui-là"),
        ({"count": str(MOST + 1)}, "Pour un plus grand groupe"),
        ({"members": "Alain; alain@nulle part"}, "Ligne 1 :"),
        ({"organisation": ""}, "nécessaire"),
    ],
)
async def test_wrong_form_says_so_keeps_what_was_typed_and_takes_nothing(
    client: httpx.AsyncClient, slot: Made, more: dict[str, object], said: str
):
    await sign_in(client, await make_contact())

    sent = await client.post(NEW, data=form(slot, **more))

    assert sent.status_code == 422
    assert said in plain(sent)
    assert "one-form" in sent.text
    assert await count("group_registration") == 0


@pytest.mark.usefixtures("committed")
async def test_group_that_is_too_large_is_told_how_many_seats_are_left_and_may_take_them(client: httpx.AsyncClient):
    slot = await make_slot(await make_activity(await make_edition(), "Mots de passe"), seats=2)
    await sign_in(client, await make_contact())

    refused = await client.post(NEW, data=form(slot))
    some = await client.post(NEW, data=form(slot, do="some"))

    assert refused.status_code == 409
    assert "« Mots de passe » : il y a 2 places pour 3 personnes." in plain(refused)
    assert "Prendre les places qui restent" in plain(refused)
    assert some.status_code == 303
    assert "il y a 2 places pour 3 personnes" in plain(await client.get(some.headers["location"]))


@pytest.mark.usefixtures("db")
async def test_file_is_read_into_the_form_or_told_line_by_line(client: httpx.AsyncClient, slot: Made):
    await sign_in(client, await make_contact())
    good = b"nom;courriel;note\nCarl Daoust;carl@example.ca;soir\n=SOMME(1);;\n"
    bad = "nom;courriel\nCarl Daoust;carl\n;x@example.ca\nZoé;\nZoé;\n".encode()

    read = await client.post(NEW, data=form(slot, do="read"), files={"file": ("liste.csv", good)})
    told = await client.post(NEW, data=form(slot), files={"file": ("liste.csv", bad)})

    assert (read.status_code, told.status_code) == (200, 422)
    [lines] = texts(read, "//textarea[@name='members']")
    assert lines.endswith("Béa Cyr Carl Daoust; carl@example.ca; soir =SOMME(1)")
    errors = texts(told, "//div[contains(@class, 'notice')]//li[starts-with(., 'Ligne')]")
    assert [error.partition(" : ")[0] for error in errors] == ["Ligne 2", "Ligne 3", "Ligne 5"]
    assert texts(told, "//textarea[@name='members']") == ["Alain Roy; alain@example.ca Béa Cyr"]
    assert await count("group_registration") == 0


@pytest.mark.usefixtures("db")
async def test_link_opens_the_group_forged_or_foreign_it_does_not(client: httpx.AsyncClient, edition: Made, slot: Made):
    started = await make_group(edition, [slot], FIVE[:3])
    token = signing.sign("group", started.code, key=SECRET)

    by_link = await client.get(f"/groupes/{token}")
    forged = [
        await client.get(f"/groupes/{wrong}")
        for wrong in (signing.sign("ticket", started.code, key=SECRET), f"{started.code}.{'A' * 26}", started.code)
    ]
    await sign_in(client, await make_person("Denis", "denis@example.ca"))
    foreign = [await client.get(f"/jn2027/mes-groupes/{started.code}{more}") for more in ("", "/billets")]
    changed = await client.post(f"/jn2027/mes-groupes/{started.code}", data={"do": "cancel-all"})

    assert by_link.status_code == 200
    assert (by_link.headers["cache-control"], "noindex" in by_link.headers["x-robots-tag"]) == ("no-store", True)
    assert [page.status_code for page in (*forged, *foreign, changed)] == [404] * 6
    assert len((await group_called(started.code)).members) == 3


@pytest.mark.usefixtures("db")
async def test_page_of_the_group_says_what_each_button_has_done(client: httpx.AsyncClient, edition: Made, slot: Made):
    started = await make_group(edition, [slot], FIVE[:2], count=3)
    here = f"/groupes/{signing.sign('group', started.code, key=SECRET)}"
    client.headers["origin"] = "http://test.example"
    first, second, third = (await group_called(started.code)).members

    async def said(**data: str) -> str:
        answer = await client.post(here, data=data)
        return plain(await client.get(here)) if answer.status_code == 303 else f"{answer.status_code} {plain(answer)}"

    names = {f"name-{third.code}": "Guy Proulx", f"name-{first.code}": first.name, f"name-{second.code}": second.name}
    assert "1 billet porte ce que vous avez écrit" in await said(do="names", **names)
    assert (await group_called(started.code)).unnamed == 0
    twice = await said(do="names", **{**names, f"name-{second.code}": "Guy Proulx"})
    assert twice.startswith("422")
    assert "la même personne qu’à la ligne 2" in twice
    assert "Zoé vient à la place de Béa Cyr" in await said(do=f"replace:{second.code}", name="Zoé")
    assert (await said(do="replace:NOBODY", name="Zoé")).startswith("409")
    assert "Écrivez le nom de la personne" in await said(do=f"replace:{third.code}")
    assert "1 billet est annulé" in await said(do=f"cancel:{first.code}")
    assert "les billets à jour" in await said(do="add", members="Hugo Roy")
    assert "viennent de repartir" in await said(do="send")
    assert "ont déjà leurs places" in await said(do="again")
    assert "3 billets sont annulés" in await said(do="cancel-all")
    assert [row["taken"] for row in await database.fetch("SELECT taken FROM slot")] == [0]


@pytest.mark.usefixtures("db")
async def test_organiser_sees_groups_with_their_contact_and_the_names_to_come(
    client: httpx.AsyncClient, edition: Made, slot: Made
):
    await make_group(edition, [slot], FIVE[:1], count=3)
    bob = await make_person()
    with clock.stopped_at(MORNING):
        await sign_in(client, bob)
    refused = await client.get("/jn2027/organisation/groupes/")
    await grant(bob, Role.ORGANISER, edition)

    page = await client.get("/jn2027/organisation/groupes/")

    assert refused.status_code == 403
    assert texts(page, "//tbody/tr/th") == ["Garage Tremblay"]
    assert [text.strip() for text in texts(page, "//tbody/tr/td")][:5] == [
        "Entreprise",
        "Carole Gagné carole@garage.example",
        "3",
        "2",
        "3",
    ]
