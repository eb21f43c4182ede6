"""An organiser's message to members of groups without an address: through their contact, one mail for all of them."""

import httpx
import pytest

from digital_days.kernel import database
from digital_days.kernel.mail import Mail
from scheduling.domain.group_lines import NewMember
from scheduling.domain.organiser_messages import TOPIC
from scheduling.domain.places import Applicant
from scheduling.domain.recipients import recipients_of
from tests.conftest import sign_in
from tests.factories import make_person
from tests.letters_read import composed
from tests.scheduling.grouped import FIVE, make_contact, make_group
from tests.scheduling.registered import Registered, another_slot, ask_for_place, registered

HERE = "/jn2027/organisation/messages"
CODE = "0123456789"


@pytest.fixture
async def bob(db: None, app: object) -> Registered:
    return await registered()


@pytest.fixture
async def alice(client: httpx.AsyncClient, bob: Registered) -> httpx.AsyncClient:
    """Her browser: she organises, and is not registered."""
    person = await make_person("Alice Gagnon", "alice@example.ca")
    await database.fetch(
        "INSERT INTO role_grant (person, edition, role) VALUES ($1, $2, 'organiser')", person, bob.edition.id
    )
    await sign_in(client, person)
    return client


async def send(alice: httpx.AsyncClient, to: str) -> str:
    """Writes it, looks at it, sends it; the page that was looked at."""
    words = {"subject_fr": "Où stationner", "body_fr": "Derrière la bibliothèque."}
    draft = await alice.post(f"{HERE}/nouveau", data={**words, "to": to, "code": CODE})
    page = (await alice.get(draft.headers["location"])).text
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    sent = await alice.post(f"{HERE}/envois/{CODE}/envoyer", data={"seen": seen})
    assert sent.status_code == 303, sent.text
    return plain(page)


async def mails() -> dict[str, Mail]:
    """By address; each address once."""
    found = [mail for mail in await composed(TOPIC) if mail]
    assert len({mail.to_email for mail in found}) == len(found)
    return {mail.to_email: mail for mail in found}


def plain(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


async def test_contact_gets_one_for_all_members_without_an_address_and_the_count_says_so(
    alice: httpx.AsyncClient, bob: Registered
):
    contact = await make_contact()
    await make_group(bob.edition, [bob.slot], FIVE, contact=contact)
    await make_group(bob.edition, [bob.slot], [NewMember(name="Léa")], count=2, kind="class", contact=contact)

    page = await send(alice, f"slot:{bob.slot.code}")

    assert "5 personnes recevront ce message." in page
    assert "Envoyer à 5 personnes" in page
    assert "4 personnes de groupes n’ont pas d’adresse courriel : le message va à qui les a inscrites" in page
    assert "(pour 4 personnes de son groupe)" in page
    found = await mails()
    assert sorted(found) == [
        "bob@example.ca",
        "carole@garage.example",
        "p0@garage.example",
        "p1@garage.example",
        "p2@garage.example",
    ]
    to_contact = found["carole@garage.example"]
    assert (
        "Ce message est pour des personnes de votre groupe qui n’ont pas d’adresse courriel : "
        "Diane Émond, Éric Fortin, Léa, Élève 2. Transmettez-le-leur. Derrière la bibliothèque."
        in plain(to_contact.text)
    )
    assert "parce que vous avez inscrit un groupe" in plain(to_contact.html)
    for own in ("bob@example.ca", "p0@garage.example"):
        assert "Transmettez" not in found[own].text + found[own].html
        assert "parce que vous êtes parmi les personnes inscrites" in plain(found[own].text)


async def test_contact_who_is_there_too_is_one_person_with_one_mail(alice: httpx.AsyncClient, bob: Registered):
    await make_group(bob.edition, [bob.slot], count=3, kind="class")
    await ask_for_place(bob.slot, Applicant(name="Carole Gagné", email="carole@garage.example"))

    page = await send(alice, "everyone:")

    assert "Envoyer à 2 personnes" in page
    found = await mails()
    assert sorted(found) == ["bob@example.ca", "carole@garage.example"]
    assert "Élève 1, Élève 2, Élève 3" in found["carole@garage.example"].text


async def test_audience_reaches_contacts_of_those_it_names_and_no_others(bob: Registered):
    label = await database.fetch_one(
        "INSERT INTO label (edition, facet, slug, name_fr) VALUES ($1, 'audience', 'jeunes', 'Jeunes') RETURNING id",
        bob.edition.id,
    )
    assert label
    robots = await another_slot(bob.edition, "Robots")
    await database.fetch(
        "UPDATE activity SET audience = $1 FROM slot s WHERE s.activity = activity.id AND s.code = $2",
        label["id"],
        robots.code,
    )
    await make_group(bob.edition, [robots], count=3, kind="class")
    other = await make_contact("zoe@ecole.example")
    await make_group(bob.edition, [bob.slot], count=2, kind="class", contact=other)
    gone = await make_group(bob.edition, [robots], count=2, kind="class", contact=other)
    await database.fetch("UPDATE group_registration SET contact = NULL WHERE code = $1", gone.code)
    targets = {("audience", "jeunes"): [3], ("slot", robots.code): [3], ("day", "2027-10-21"): [0, 3, 2]}

    found = {
        (kind, target): [each.speaks_for for each in await recipients_of(bob.edition.id, kind, target)]
        for kind, target in targets
    }

    assert found == targets


async def test_contact_whose_members_have_left_gets_none(alice: httpx.AsyncClient, bob: Registered):
    await make_group(bob.edition, [bob.slot], count=2, kind="class")
    await send(alice, "everyone:")
    await database.fetch(
        "UPDATE registration SET state = 'cancelled' WHERE person IN (SELECT person FROM group_member)"
    )

    assert list(await mails()) == ["bob@example.ca"]


async def test_trial_and_preview_name_nobody(alice: httpx.AsyncClient, bob: Registered):
    [writer] = await database.fetch("SELECT id FROM person WHERE email = 'alice@example.ca'")
    await make_group(bob.edition, [bob.slot], [NewMember(name="Zacharie")], kind="class", contact=writer["id"])

    page = await send(alice, "everyone:")
    await alice.post(f"{HERE}/envois/{CODE}/essai")

    frame = await alice.get(f"{HERE}/envois/{CODE}/courriel/fr")
    assert "Zacharie" not in page + frame.text
    to_alice = [mail for mail in await composed(TOPIC) if mail and mail.to_email == "alice@example.ca"]
    assert ["Zacharie" in mail.text for mail in to_alice] == [True, False]  # what was sent, then the trial
