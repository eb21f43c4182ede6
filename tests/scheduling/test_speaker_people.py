"""Who gets the messages of a speaker, and the link to their own page."""

import httpx
import pytest

from digital_days.kernel import database
from scheduling.domain.speaker_editing import Details, save_speaker
from scheduling.domain.speaker_links import TOPIC
from tests.factories import Made, make_edition, make_person
from tests.letters_read import composed, letter, link_to
from tests.scheduling.speaker_factories import (
    ADDRESS,
    filled,
    fresh,
    make_organiser,
    make_profile,
    send_form,
    text_of,
)

pytestmark = pytest.mark.usefixtures("db")

LIST = "/jn2027/organisation/intervenants"


@pytest.fixture
async def edition(client: httpx.AsyncClient) -> Made:
    made = await make_edition()
    await make_organiser(client, made)
    return made


async def rows(client: httpx.AsyncClient, query: str = "") -> list[str]:
    """What each line of the list says."""
    page = await client.get(f"{LIST}{query}")
    assert page.status_code == 200
    body = page.text.partition("<tbody>")[2].partition("</tbody>")[0]
    return [text_of(f"<table><tr>{row}</table>") for row in body.split("<tr>")[1:]]


async def test_address_of_somebody_with_an_account_writes_to_them(client: httpx.AsyncClient, edition: Made):
    bob = await make_person("Bob Tremblay", "bob@example.ca")
    camille = await make_profile(edition, email=ADDRESS)

    await send_form(client, f"{LIST}/{camille.code}", filled(camille, email="bob@example.ca"))

    assert (await fresh(camille)).person == bob


async def test_new_address_makes_somebody_who_only_gets_messages(client: httpx.AsyncClient, edition: Made):
    camille = await make_profile(edition)

    await send_form(client, f"{LIST}/{camille.code}", filled(camille, email=ADDRESS))
    await send_form(client, f"{LIST}/{camille.code}", filled(await fresh(camille), email=ADDRESS, name="Camille Côté"))

    [person] = await database.fetch(
        "SELECT name, email, account_email, proved_at FROM person WHERE id = $1", (await fresh(camille)).person
    )
    assert tuple(person.values()) == ("Camille Côté", ADDRESS, None, None)


async def test_name_of_an_accounts_owner_is_their_own(client: httpx.AsyncClient, edition: Made):
    bob = await make_person("Bob Tremblay", "bob@example.ca")
    speaker = await make_profile(edition, "Robert T.", email="bob@example.ca")

    await send_form(client, f"{LIST}/{speaker.code}", filled(speaker, name="Robert Tremblay"))

    [person] = await database.fetch("SELECT name FROM person WHERE id = $1", bob)
    assert person["name"] == "Bob Tremblay"


async def test_address_taken_away_leaves_nobody_to_write_to(client: httpx.AsyncClient, edition: Made):
    camille = await make_profile(edition, email=ADDRESS)

    await send_form(client, f"{LIST}/{camille.code}", filled(camille, email=""))

    now = await fresh(camille)
    assert (now.email, now.person) == ("", None)


async def test_link_is_sent_once_in_ten_minutes(client: httpx.AsyncClient, edition: Made):
    camille = await make_profile(edition, email=ADDRESS)

    said = []
    for to_list in ("yes", ""):
        answer = await client.post(f"{LIST}/{camille.code}/lien", data={"to_list": to_list})
        page = await client.get(answer.headers["location"])
        said.append((answer.headers["location"], "Lien en cours d’envoi" in page.text, text_of(page.text)))

    assert [place for place, _sent, _text in said] == [LIST, f"{LIST}/{camille.code}"]
    assert [sent for _place, sent, _text in said] == [True, True]
    assert "Le lien part à l’adresse camille@example.ca." in said[0][2]
    assert "Attendez dix minutes avant de le renvoyer." in said[1][2]
    written = await letter(TOPIC)
    assert (written.to_email, written.subject.endswith("Journées numériques d’Argenteuil")) == (ADDRESS, True)
    assert (await client.get(link_to(written, "/ma-fiche/"))).status_code == 200


@pytest.mark.parametrize(("state", "words"), [("done", "Lien envoyé"), ("failed", "Lien non parti")])
async def test_organiser_sees_what_became_of_the_link(client: httpx.AsyncClient, edition: Made, state: str, words: str):
    camille = await make_profile(edition, email=ADDRESS)
    await client.post(f"{LIST}/{camille.code}/lien")
    await database.fetch("UPDATE outbox_message SET state = $1, done_at = now()", state)

    [row] = await rows(client)

    assert words in row
    assert words in (await client.get(f"{LIST}/{camille.code}")).text


async def test_nothing_is_sent_without_an_address(client: httpx.AsyncClient, edition: Made):
    camille = await make_profile(edition)

    answer = await client.post(f"{LIST}/{camille.code}/lien")

    assert "Il n’y a pas d’adresse où envoyer le lien." in (await client.get(answer.headers["location"])).text
    assert await composed(TOPIC) == []


async def test_link_goes_to_whoever_gets_the_messages_again_after_the_person_was_forgotten(
    client: httpx.AsyncClient, edition: Made
):
    camille = await make_profile(edition, email=ADDRESS)
    await database.fetch("DELETE FROM person WHERE id = $1", camille.person)

    await client.post(f"{LIST}/{camille.code}/lien")

    assert (await letter(TOPIC)).to_email == ADDRESS


async def test_mail_does_not_leave_when_the_reason_is_gone(client: httpx.AsyncClient, edition: Made):
    """An address changed, an address taken away, somebody removed: between the promise and the mail."""
    moved, silent, gone = [
        await make_profile(edition, f"{name} Roy", email=f"{name}@example.ca") for name in ("moved", "silent", "gone")
    ]
    for profile in (moved, silent, gone):
        await client.post(f"{LIST}/{profile.code}/lien")
    await save_speaker(moved, Details(name="Moved Roy", email="elsewhere@example.ca"), version=moved.version)
    await save_speaker(silent, Details(name="Silent Roy"), version=silent.version)
    await client.post(f"{LIST}/{gone.code}/enlever")

    assert await composed(TOPIC) == [None, None, None]
