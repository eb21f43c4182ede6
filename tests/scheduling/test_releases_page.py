"""The page from which organisers publish, the public changelog and its feed."""

from datetime import timedelta

import httpx
import pytest
from lxml import etree

from digital_days.kernel import database
from digital_days.kernel.permissions import Role
from scheduling.domain.drafts import draft_of
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, Made, grant, make_activity, make_edition, make_slot
from tests.scheduling.registered import Registered, registered
from tests.scheduling.releasing import alice, move, release, seen

pytestmark = pytest.mark.usefixtures("db")
LATER = IN_A_YEAR + timedelta(hours=3)
PAGE = "/jn2027/organisation/publication"


@pytest.fixture
async def bob(client: httpx.AsyncClient) -> Registered:
    """With a place in what the draft has moved; Alice is signed in."""
    bob = await registered()
    await release(bob.edition, "Première")
    await move(bob.edition, bob.slot, LATER)
    organiser = await alice()
    await grant(organiser, Role.ORGANISER, bob.edition)
    await sign_in(client, organiser)
    return bob


async def form(bob: Registered, **more: str) -> dict[str, str]:
    looked = await seen(bob.edition)
    return {"name": "Programme d’août", "after": str(looked.after), "version": looked.version, **more}


async def test_page_shows_the_changes_and_each_message_before_anything_leaves(
    client: httpx.AsyncClient, bob: Registered
):
    answer = await client.get(f"{PAGE}/")
    again = await client.get(f"{PAGE}/")

    assert "Mots de passe solides" in answer.text
    assert "bob@example.ca" in answer.text
    assert "Changement au programme" in answer.text
    assert "Publier et envoyer 1 message" in answer.text.replace("\N{NO-BREAK SPACE}", " ")
    assert again.text == answer.text
    assert await database.fetch("SELECT id FROM outbox_message WHERE topic = 'scheduling.release'") == []


async def test_button_publishes_and_the_public_reads_it(client: httpx.AsyncClient, bob: Registered):
    answer = await client.post(PAGE, data=await form(bob))

    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}")
    changes = await client.get("/jn2027/programme/nouveautes")
    assert "Programme d’août" in changes.text
    assert "Avant" in changes.text


async def test_name_is_asked_for_and_the_reason_kept_when_something_is_missing(
    client: httpx.AsyncClient, bob: Registered
):
    await database.fetch("UPDATE room SET capacity = 1 WHERE edition = $1", await draft_of(bob.edition.id))

    unnamed = await client.post(PAGE, data=await form(bob, name=" ", override="On se serre."))
    without_reason = await client.post(PAGE, data=await form(bob))

    assert (unnamed.status_code, without_reason.status_code) == (422, 422)
    assert "On se serre." in unnamed.text
    assert "Écrivez pourquoi vous publiez malgré les avertissements." in without_reason.text
    assert "Programme d’août" in without_reason.text


async def test_second_organiser_is_told_what_the_first_published(client: httpx.AsyncClient, bob: Registered):
    looked = await form(bob)
    await release(bob.edition, "Celle d’Anne")

    answer = await client.post(PAGE, data=looked)

    assert answer.status_code == 409
    assert "Celle d’Anne" in answer.text


async def test_contradiction_is_said_in_words_and_offers_no_button(client: httpx.AsyncClient, bob: Registered):
    draft = await draft_of(bob.edition.id)
    [room] = await database.fetch("SELECT id FROM room WHERE edition = $1", draft)
    await make_slot(await make_activity(Made(draft, ""), "Deux"), starts_at=LATER, room=room["id"])

    answer = await client.get(PAGE)

    assert "est prise par plusieurs activités à la fois" in answer.text
    assert "Publier cette version" not in answer.text


async def test_only_organisers_of_the_edition_may_publish(client: httpx.AsyncClient, bob: Registered):
    await make_edition("autre2027")
    looked = await form(bob)

    foreign = await client.get("/autre2027/organisation/publication")
    client.cookies.clear()
    stranger = await client.post(PAGE, data=looked)

    assert foreign.status_code == 403
    assert stranger.status_code == 303
    assert stranger.headers["location"].startswith("/connexion")


async def test_feed_says_the_same_as_the_page_and_is_revalidated(client: httpx.AsyncClient, bob: Registered):
    await client.post(PAGE, data=await form(bob))

    feed = await client.get("/jn2027/programme/nouveautes/fil.atom")
    again = await client.get("/jn2027/programme/nouveautes/fil.atom", headers={"if-none-match": feed.headers["etag"]})

    atom = "{http://www.w3.org/2005/Atom}"
    root = etree.fromstring(feed.content)
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert [entry.findtext(f"{atom}title") for entry in root.iter(f"{atom}entry")] == ["Programme d’août", "Première"]
    first = next(root.iter(f"{atom}entry"))
    assert "Mots de passe solides" in (first.findtext(f"{atom}content") or "")
    assert again.status_code == 304
