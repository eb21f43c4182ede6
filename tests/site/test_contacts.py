"""Whom people write to: the edition's own addresses, else the organiser's; never none."""

import httpx
import pytest
from icalendar import Calendar

from digital_days.kernel import consents, database, editions
from digital_days.kernel.settings import current
from tests.conftest import sign_in
from tests.factories import Made, make_activity, make_edition, make_person, make_slot
from tests.letters_read import attached, letter
from tests.scheduling.registered import ask_for_place

pytestmark = pytest.mark.usefixtures("db")


async def imported_edition() -> None:
    """An edition as an import makes it, with one slot."""
    edition = await make_edition()
    await make_slot(await make_activity(edition), seats=12)
    await database.fetch("UPDATE edition SET postal_address = '', contact_email = ' '")
    editions.forget()


async def test_pages_name_the_organiser_when_the_edition_names_nobody(client: httpx.AsyncClient) -> None:
    await imported_edition()

    pages = [(await client.get(path)).text for path in ("/jn2027", "/confidentialite", "/accessibilite")]

    assert [page.count('href="mailto:"') for page in pages] == [0, 0, 0]
    assert current().organiser_email in pages[0]
    assert current().organiser_address in pages[0]
    assert f"mailto:{current().organiser_email}" in pages[2]


async def test_privacy_page_names_the_person_responsible_when_editions_have_contacts(client: httpx.AsyncClient) -> None:
    await make_edition()

    page = (await client.get("/confidentialite")).text

    assert f'href="mailto:{current().privacy_email}"' in page
    assert "info@jn.example" not in page


@pytest.mark.usefixtures("app")
async def test_mail_is_signed_by_the_organiser_when_the_edition_names_nobody() -> None:
    await imported_edition()
    [slot] = await database.fetch("SELECT id, code FROM slot")
    await ask_for_place(Made(slot["id"], slot["code"]))

    mail = await letter("scheduling.ticket")
    assert mail.reply_to == current().organiser_email
    assert current().organiser_address in mail.text
    assert 'href="mailto:"' not in mail.html


async def test_contact_of_an_edition_changes_where_something_is_said() -> None:
    await make_edition()

    await editions.say_contact("jn2027", contact_email="nouveau@jn.example", postal_address="")

    edition = await editions.edition_called("jn2027")
    assert (edition.contact_email, edition.postal_address) == ("nouveau@jn.example", "Hôtel de ville, Lachute")
    assert edition.organiser_name == current().organiser_name


@pytest.mark.parametrize("signed_in", [False, True])
async def test_edition_of_another_organiser_names_only_that_one(client: httpx.AsyncClient, signed_in: bool) -> None:
    activity = await make_activity(await make_edition(name="Café numérique"))
    slot = await make_slot(activity, seats=12)
    await editions.say_contact("jn2027", organiser_name="Biblio 100 % net", contact_email="", postal_address="")
    if signed_in:
        await sign_in(client, await make_person())
    page = (await client.get(f"/jn2027/activites/{activity.code}")).text

    await client.post(
        f"/jn2027/plages/{slot.code}/places",
        data={"name": "Bob", "email": "bob@example.ca", "consent": ["registration", "news"]},
        headers={"origin": "http://test.example"},
    )

    mail = await letter("scheduling.ticket")
    said = [row["text"] for row in await database.fetch("SELECT text FROM consent ORDER BY id")]
    assert [words in page and "Biblio 100 % net" in words for words in said] == [True, True]
    assert mail.from_name == "Café numérique"
    assert "Café numérique\nBiblio 100 % net\n" in mail.text
    assert mail.text.count("Café numérique") == 1
    [event] = Calendar.from_ical(attached(mail, ".ics")).events
    assert event["ORGANIZER"].params["CN"] == "Café numérique"
    for text in (page, mail.text, mail.html):
        assert current().organiser_name not in text
        assert "Journées numériques" not in text


async def test_agreement_through_the_interface_names_the_organiser_of_the_slots_edition(
    client: httpx.AsyncClient,
) -> None:
    await make_edition("cafe2028")
    slot = await make_slot(await make_activity(await make_edition()), seats=12)
    await editions.say_contact("jn2027", organiser_name="Bibliothèque", contact_email="", postal_address="")
    body = {"slot": slot.code, "name": "Bob", "email": "bob@example.ca", "consents": ["registration"]}

    answer = await client.post("/api/v1/registrations", json=body)

    assert answer.status_code == 201
    [consent] = await database.fetch("SELECT version, text FROM consent")
    assert dict(consent) == {"version": 2, "text": consents.REGISTRATION[0].text("Bibliothèque")}
