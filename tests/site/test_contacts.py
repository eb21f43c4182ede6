"""Whom people write to: the edition's own addresses, else the organiser's; never none."""

import httpx
import pytest

from digital_days.kernel import database, editions
from digital_days.kernel.settings import current
from tests.factories import Made, make_activity, make_edition, make_slot
from tests.letters_read import letter
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
