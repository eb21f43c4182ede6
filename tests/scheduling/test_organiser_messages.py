"""A message of the organisers: seen as it leaves, counted, sent to exactly those counted, once."""

import asyncio
import re
from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import database, mail
from digital_days.kernel.web import rate_limits
from scheduling.domain.organiser_messages import (
    TOPIC,
    Addressees,
    Texts,
    message_called,
    save_draft,
    seen,
    send_message,
)
from scheduling.domain.places import Applicant, cancel_place
from scheduling.domain.recipients import KINDS, recipients_of
from scheduling.routes.organiser_messages import MOST_AT_ONCE
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, make_activity, make_edition, make_person, make_slot
from tests.letters_read import composed, promised
from tests.scheduling.registered import Registered, another_slot, ask_for_place, registered

HERE = "/jn2027/organisation/messages"
CODE = "0123456789"
WORDS = {
    "subject_fr": "Où stationner",
    "body_fr": "Derrière la bibliothèque.\nC'est gratuit.\n\nPlan : https://exemple.ca/plan?a=1&b=2 <b>gras</b>",
}
IN_ENGLISH = {"subject_en": "Where to park", "body_en": "Behind the library."}
CHARLIE = Applicant(name="Charlie Roy", email="charlie@example.ca")


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


async def written(alice: httpx.AsyncClient, to: str = "everyone:", **more: str) -> str:
    """The page of a new draft."""
    answer = await alice.post(f"{HERE}/nouveau", data={**WORDS, "to": to, "code": CODE, **more})
    assert answer.status_code == 303, answer.text
    return (await alice.get(answer.headers["location"])).text


def mark(page: str) -> dict[str, str]:
    """What the button to send carries."""
    return {"seen": page.partition('name="seen" value="')[2].partition('"')[0]}


async def addressed() -> list[str]:
    return [mail.to_email for mail in await composed(TOPIC) if mail]


async def test_preview_is_the_mail_and_counts_who_gets_it(alice: httpx.AsyncClient, bob: Registered):
    await ask_for_place(bob.slot, CHARLIE)
    await database.fetch("UPDATE person SET locale = 'en' WHERE email = 'charlie@example.ca'")

    page = await written(alice, **IN_ENGLISH)
    frames = [(await alice.get(f"{HERE}/envois/{CODE}/courriel/{language}")) for language in ("fr", "en")]
    sent = await alice.post(f"{HERE}/envois/{CODE}/envoyer", data=mark(page))

    assert "2 personnes recevront ce message." in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "Envoyer à 2 personnes" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert all(words in page for words in ("Bob Tremblay", "bob@example.ca", "Charlie Roy", "charlie@example.ca"))
    assert "alice@example.ca" not in page
    assert sent.status_code == 303
    mails = {each.to_email: each for each in await composed(TOPIC) if each}
    for_bob, for_charlie = mails["bob@example.ca"], mails["charlie@example.ca"]
    assert (for_bob.subject, for_charlie.subject) == ("Où stationner", "Where to park")
    assert [re.sub("Alice Gagnon", "Bob Tremblay", frames[0].text).replace('<base target="_blank">', "")] == [
        for_bob.html
    ]
    assert "Behind the library." in frames[1].text
    assert "default-src 'none'" in frames[0].headers["content-security-policy"]
    assert '<a href="https://exemple.ca/plan?a=1&amp;b=2" rel="noopener">' in for_bob.html
    assert "&lt;b&gt;gras&lt;/b&gt;" in for_bob.html
    assert "Derrière la bibliothèque.<br>C’est gratuit.</p>" in for_bob.html
    for each in (for_bob.text, for_bob.html):  # who writes, from where, and why to this reader
        assert all(words in each for words in ("Hôtel de ville, Lachute", "info@jn.example", "personnes inscrites"))


async def test_message_goes_to_nobody_until_the_changed_count_is_seen(alice: httpx.AsyncClient, bob: Registered):
    page = await written(alice, to=f"slot:{bob.slot.code}")
    await ask_for_place(bob.slot, CHARLIE)

    refused = await alice.post(f"{HERE}/envois/{CODE}/envoyer", data=mark(page))
    nothing = await promised(TOPIC)
    sent = await alice.post(f"{HERE}/envois/{CODE}/envoyer", data=mark(refused.text))

    assert (refused.status_code, nothing) == (409, [])
    assert "a changé depuis l’aperçu" in refused.text
    assert "Envoyer à 2 personnes" in refused.text.replace("\N{NO-BREAK SPACE}", " ")
    assert sent.status_code == 303
    assert sorted(await addressed()) == ["bob@example.ca", "charlie@example.ca"]


async def test_words_changed_in_another_window_are_seen_before_they_leave(alice: httpx.AsyncClient):
    page = await written(alice)
    await alice.post(f"{HERE}/envois/{CODE}/modifier", data={**WORDS, "to": "everyone:", "body_fr": "Autre chose."})

    refused = await alice.post(f"{HERE}/envois/{CODE}/envoyer", data=mark(page))

    assert (refused.status_code, await promised(TOPIC)) == (409, [])


@pytest.mark.usefixtures("committed", "app")
async def test_many_clicks_at_once_send_once():
    bob = await registered()
    for number in range(5):
        await ask_for_place(bob.slot, Applicant(name=f"N{number}", email=f"n{number}@example.ca"))
    alice = await make_person("Alice Gagnon", "alice@example.ca")
    to = Addressees(kind="slot", target=bob.slot.code, to_fr="Plage", to_en="Slot")
    await save_draft(bob.edition.id, CODE, to, Texts(subject_fr="Objet", body_fr="Message"), by=alice)
    mark = seen(await message_called(bob.edition.id, CODE), await recipients_of(bob.edition.id, "slot", bob.slot.code))

    numbers = await asyncio.gather(
        *(send_message(bob.edition.id, CODE, seen_by_sender=mark, by=alice) for _ in range(8))
    )

    assert numbers == [6] * 8
    assert len(await promised(TOPIC)) == 6


async def test_each_kind_reaches_those_it_names(bob: Registered):
    label = await database.fetch_one(
        """
        INSERT INTO label (edition, facet, slug, name_fr) VALUES ($1, 'audience', 'aines', 'Aînés') RETURNING id
        """,
        bob.edition.id,
    )
    assert label
    other = await another_slot(bob.edition, "Photos", starts_at=IN_A_YEAR + timedelta(days=1))
    await database.fetch(
        "UPDATE activity SET audience = $1 FROM slot s WHERE s.activity = activity.id AND s.code = $2",
        label["id"],
        other.code,
    )
    night = await another_slot(bob.edition, "Nuit", starts_at=IN_A_YEAR + timedelta(hours=16))  # 1 h
    await ask_for_place(other, CHARLIE)
    await ask_for_place(night, Applicant(name="Eve Noël", email="eve@example.ca"))
    gone = await ask_for_place(bob.slot, Applicant(name="Gone", email="gone@example.ca"))
    await cancel_place(gone.code)
    await database.fetch(
        "UPDATE registration SET state = 'cancelled' FROM person p WHERE p.id = person AND p.name = 'Gone'"
    )
    elsewhere = await make_slot(await make_activity(await make_edition("cafe2028")))
    await database.fetch(
        """
        INSERT INTO waiting_entry (code, slot, person, rank, joined_at, updated_at)
        SELECT p.code, p.slot, p.person, 1, now(), now() FROM place p WHERE p.code = $1
        """,
        gone.code,
    )
    await ask_for_place(elsewhere, Applicant(name="Frank", email="frank@example.ca"))
    targets = {
        ("everyone", ""): ["Bob Tremblay", "Charlie Roy", "Eve Noël"],
        ("day", "2027-10-21"): ["Bob Tremblay", "Eve Noël"],
        ("day", "2027-10-22"): ["Charlie Roy"],
        ("audience", "aines"): ["Charlie Roy"],
        ("activity", bob.activity.code): ["Bob Tremblay"],
        ("slot", other.code): ["Charlie Roy"],
        ("waiting", bob.slot.code): ["Gone"],
    }

    found = {
        (kind, target): [each.name for each in await recipients_of(bob.edition.id, kind, target)]
        for kind, target in targets
    }

    assert found == targets
    assert {kind for kind, _target in targets} == set(KINDS)


async def test_who_leaves_before_the_mail_does_gets_none_and_the_history_says_so(
    alice: httpx.AsyncClient, bob: Registered
):
    await ask_for_place(bob.slot, CHARLIE)
    page = await written(alice)
    await alice.post(f"{HERE}/envois/{CODE}/envoyer", data=mark(page))
    await database.fetch(
        "UPDATE registration SET state = 'cancelled' FROM person p WHERE p.id = person AND p.email LIKE 'charlie%'"
    )

    assert await addressed() == ["bob@example.ca"]
    await database.fetch(
        """
        UPDATE outbox_message SET state = 'done', receipt = CASE WHEN p.email LIKE 'bob%' THEN 'x' ELSE 'unneeded' END
        FROM person p WHERE p.id = person AND topic = $1
        """,
        TOPIC,
    )
    history = (await alice.get(HERE)).text.replace("\N{NO-BREAK SPACE}", " ")
    assert all(words in history for words in ("Où stationner", "Alice Gagnon", "1 partis sur 2"))
    assert "Sans objet" in (await alice.get(f"{HERE}/envois/{CODE}")).text


async def test_sent_message_never_changes(alice: httpx.AsyncClient):
    page = await written(alice)
    await alice.post(f"{HERE}/envois/{CODE}/envoyer", data=mark(page))

    answers = [
        await alice.get(f"{HERE}/envois/{CODE}/modifier"),
        await alice.post(f"{HERE}/envois/{CODE}/modifier", data={**WORDS, "to": "everyone:", "subject_fr": "Non"}),
        await alice.post(f"{HERE}/nouveau", data={**WORDS, "to": "everyone:", "code": CODE}),
        await alice.post(f"{HERE}/envois/{CODE}/supprimer"),
        await alice.post(f"{HERE}/envois/{CODE}/envoyer", data={"seen": "x"}),
    ]

    assert [answer.status_code for answer in answers] == [409, 409, 409, 303, 303]
    rows = await database.fetch("SELECT subject_fr, state FROM organiser_message")
    assert [tuple(row.values()) for row in rows] == [("Où stationner", "sent")]
    assert len(await promised(TOPIC)) == 1


async def test_trial_goes_to_its_writer_alone(alice: httpx.AsyncClient):
    await written(alice)

    for _twice in (1, 2):
        await alice.post(f"{HERE}/envois/{CODE}/essai")

    [only] = [each for each in await composed(TOPIC) if each]
    assert (only.to_email, only.subject) == ("alice@example.ca", "Essai\N{NO-BREAK SPACE}: Où stationner")
    rows = await database.fetch("SELECT state FROM organiser_message")
    assert [row["state"] for row in rows] == ["draft"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"to": "slot:0000000000"}, "Choisissez à qui vous écrivez."),
        ({"to": "nobody:"}, "Choisissez à qui vous écrivez."),
        ({"subject_fr": ""}, "Ce renseignement est nécessaire."),
        ({"subject_fr": "x" * 151}, "150 caractères au plus"),
        ({"body_fr": "x" * 5001}, "5000 caractères au plus"),
        ({"subject_en": "Where"}, "ou ni l’un ni l’autre"),
    ],
)
async def test_unfit_message_is_no_draft_and_keeps_what_was_typed(
    alice: httpx.AsyncClient, fields: dict[str, str], sentence: str
):
    answer = await alice.post(f"{HERE}/nouveau", data={**WORDS, "to": "everyone:", "code": CODE, **fields})

    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert "Derrière la bibliothèque" in answer.text or "body_fr" in fields
    assert await database.fetch("SELECT FROM organiser_message") == []


async def test_many_messages_in_a_row_wait(alice: httpx.AsyncClient):
    await written(alice)
    rate_limits.forget()

    answers = [await alice.post(f"{HERE}/envois/{CODE}/essai") for _ in range(MOST_AT_ONCE + 1)]

    assert [answer.status_code for answer in answers] == [303] * MOST_AT_ONCE + [429]


async def test_mail_that_must_not_leave_is_not_sent(alice: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch):
    await written(alice)

    async def without_sender(_message: object) -> None:
        raise mail.WithoutSender

    monkeypatch.setitem(mail._composers, TOPIC, without_sender)

    page = await alice.get(f"{HERE}/envois/{CODE}")

    assert page.status_code == 200
    assert "ORGANISER_ADDRESS" in page.text
    assert "Envoyer à" not in page.text


async def test_templates_are_written_used_renamed_and_removed(alice: httpx.AsyncClient):
    form = {**WORDS, **IN_ENGLISH, "name": "Stationnement"}
    for _twice in (1, 2):
        await alice.post(f"{HERE}/modeles/nouveau", data=form)
    [row] = await database.fetch("SELECT id FROM message_template")

    begun = await alice.get(f"{HERE}/nouveau?modele={row['id']}")
    await alice.post(f"{HERE}/modeles/{row['id']}", data={**form, "name": "Où stationner?"})
    renamed = await alice.get(f"{HERE}/modeles")
    await alice.post(f"{HERE}/modeles/nouveau", data={**form, "name": "Autre"})
    taken = await alice.post(f"{HERE}/modeles/nouveau", data={**form, "name": "Autre", "subject_fr": "Non"})
    await database.fetch("DELETE FROM message_template WHERE name = 'Autre'")
    unnamed = await alice.post(f"{HERE}/modeles/{row['id']}", data={**form, "name": ""})
    elsewhere = await make_edition("cafe2028")
    await database.fetch(
        "INSERT INTO role_grant (person, role) SELECT id, 'administrator' FROM person WHERE name LIKE 'A%'"
    )
    foreign = await alice.get(f"/{elsewhere.code}/organisation/messages/modeles/{row['id']}")
    removed = await alice.post(f"{HERE}/modeles/{row['id']}/supprimer")

    assert all(words in begun.text for words in ("Où stationner", "Behind the library.", "Where to park"))
    assert "Où stationner?" in renamed.text
    assert (taken.status_code, "Un autre modèle porte déjà ce nom." in taken.text) == (422, True)
    assert (unnamed.status_code, foreign.status_code, removed.status_code) == (422, 404, 303)
    assert await database.fetch("SELECT FROM message_template") == []
