"""Taking all places of a day in one go; everything here works without scripts."""

import re

import httpx
import pytest

from digital_days.kernel import database
from scheduling.domain.places import Applicant, take_place
from tests.conftest import sign_in
from tests.factories import Made, make_edition, make_person
from tests.letters_read import letter, promised
from tests.scheduling.day_forms import BOB, DAY, a_slot, choose, kept, places, plain, send, ticked
from tests.scheduling.registered import ask_for_place

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
async def edition() -> Made:
    return await make_edition()


async def test_stranger_takes_all_of_it_with_one_mail_and_learns_only_that_it_is_in_the_mail(
    client: httpx.AsyncClient, edition: Made
) -> None:
    slots = [await a_slot(edition, title, hours=hours) for title, hours in (("Une", 0), ("Autre", 2))]
    await choose(client, *slots)

    answer = await send(client, *slots, **BOB)
    page = await client.get(answer.headers["location"])
    again = await client.get(answer.headers["location"])

    assert (answer.status_code, answer.headers["location"]) == (303, f"{DAY}/courriel-envoye")
    for words in ("Regardez vos courriels", "Nous avons écrit à bob@example.ca.", "Vous avez demandé Une : jeudi"):
        assert words in plain(page)
    assert ("Une" in plain(again), "Rien n’arrive?" in plain(again)) == (False, True)
    assert await places() == [("Une", "confirmed"), ("Autre", "confirmed")]
    assert [len(await promised(topic)) for topic in ("scheduling.agenda", "scheduling.ticket")] == [1, 0]
    assert (await letter("scheduling.agenda")).to_email == "bob@example.ca"
    assert (kept(client), kept(client, "my-day-asked")) == ([], [slot.code for slot in slots])


async def test_stranger_reads_the_same_whether_places_are_new_held_or_impossible(
    client: httpx.AsyncClient, edition: Made
) -> None:
    held = await a_slot(edition, "Tenue", hours=0.5)
    slots = [await a_slot(edition, title, hours=hours) for title, hours in (("Une", 0), ("Autre", 2))]
    await ask_for_place(held)
    told = []
    for email in ("charlie@example.ca", "charlie@example.ca", "bob@example.ca"):  # new, held, one of them impossible
        client.cookies.clear()
        answer = await send(client, *slots, **{**BOB, "email": email})
        told.append(plain(await client.get(answer.headers["location"])).replace(email, ""))

    assert told[0] == told[1] == told[2]


async def test_full_is_said_at_once_and_stays_in_the_day(client: httpx.AsyncClient, edition: Made) -> None:
    free, full = await a_slot(edition, "Une"), await a_slot(edition, "Pleine", hours=2, seats=0)
    await choose(client, free, full)

    page = plain(await client.get((await send(client, free, full, **BOB)).headers["location"]))

    assert page.index("Vous avez demandé Une") < page.index("C’est complet") < page.index("Pleine : jeudi 21 octobre")
    assert kept(client) == [full.code]


async def test_nothing_is_claimed_to_be_sent_when_all_is_full(client: httpx.AsyncClient, edition: Made) -> None:
    full = await a_slot(edition, "Pleine", seats=0)

    page = plain(await client.get((await send(client, full, **BOB)).headers["location"]))

    assert "Rien n’a été réservé" in page
    assert "le reste de votre journée n’a pas changé" in page
    assert "Nous avons écrit" not in page
    assert await promised("scheduling.agenda") == []


async def test_what_has_closed_meanwhile_is_said(
    client: httpx.AsyncClient, edition: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page's programme is a second old: the database knows better."""
    slots = [await a_slot(edition, title, hours=hours) for title, hours in (("Une", 0), ("Autre", 2))]
    await client.get(DAY)
    await database.fetch("UPDATE slot SET state = 'cancelled' WHERE id = $1", slots[0].id)

    page = plain(await client.get((await send(client, *slots, **BOB)).headers["location"]))

    assert "Les inscriptions sont terminées Une : jeudi" in page
    assert await places() == [("Autre", "confirmed")]


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("name", "Écrivez votre nom."),
        ("email", "Écrivez votre adresse courriel."),
        ("consent", "Nous avons besoin de votre accord"),
    ],
)
async def test_missing_answer_is_said_and_nothing_is_lost(
    client: httpx.AsyncClient, edition: Made, missing: str, sentence: str
) -> None:
    slot, idea = await a_slot(edition, "Une"), await a_slot(edition, "Idée", hours=3)

    page = await send(client, slot, **{key: value for key, value in BOB.items() if key != missing}, listed=[idea.code])

    assert page.status_code == 422
    assert sentence in page.text
    assert f'href="#field-{missing}"' in page.text
    assert f'id="field-{missing}"' in page.text
    assert ticked(page) == {slot.code: True, idea.code: False}
    assert all(BOB[name] in page.text for name in ("name", "email") if name != missing)
    assert await places() == []


async def test_overlapping_choices_are_not_sent(client: httpx.AsyncClient, edition: Made) -> None:
    one, other = await a_slot(edition, "Une"), await a_slot(edition, "Autre", hours=0.5)

    page = await send(client, one, other, **BOB)

    assert page.status_code == 422
    assert "Des activités que vous avez cochées se chevauchent : gardez-en une seule à chaque moment." in plain(page)
    assert 'href="#field-day"' in page.text
    assert await places() == []


async def test_nothing_to_reserve_is_said(client: httpx.AsyncClient, edition: Made) -> None:
    entry = await a_slot(edition, "Salon", seats=None)

    page = await send(client, entry, **BOB)

    assert page.status_code == 422
    assert "Cochez au moins une activité où il faut réserver." in plain(page)


async def test_likely_slip_in_the_address_is_asked_about_before_seats_are_taken(
    client: httpx.AsyncClient, edition: Made
) -> None:
    slot = await a_slot(edition, "Une")
    typo = {**BOB, "email": "bob@gmial.com"}

    asked = await send(client, slot, **typo)
    before = await places()
    [sure] = re.findall(r'name="sure" value="([^"]*)"', asked.text)
    sent = await send(client, slot, **typo, sure=sure)

    assert (asked.status_code, before) == (422, [])
    assert "Vouliez-vous dire gmail.com? Corrigez l’adresse ou, si elle est bonne, réservez de nouveau." in plain(asked)
    assert (sent.status_code, await places()) == (303, [("Une", "confirmed")])


async def test_person_whose_session_has_ended_is_told_so(client: httpx.AsyncClient, edition: Made) -> None:
    slot = await a_slot(edition, "Une")

    page = await send(client, slot, signed_in="yes")

    assert page.status_code == 422
    assert "Votre session est fermée" in page.text
    assert "Écrivez votre nom." not in page.text


async def test_signed_in_person_takes_all_of_it_and_sees_the_agenda(client: httpx.AsyncClient, edition: Made) -> None:
    slots = [await a_slot(edition, title, hours=hours) for title, hours in (("Une", 0), ("Autre", 2))]
    await sign_in(client, await make_person())
    await choose(client, *slots)

    answer = await send(client, *slots, consent="registration")
    agenda = plain(await client.get(answer.headers["location"]))

    assert (answer.status_code, answer.headers["location"]) == (303, "/jn2027/mon-agenda")
    assert "2 places sont réservées. Un seul courriel vous apporte votre billet et tout votre agenda." in agenda
    assert (kept(client), kept(client, "my-day-asked")) == ([], [])
    assert len(await promised("scheduling.agenda")) == 1


async def test_signed_in_person_reads_one_by_one_what_could_not_be_had(
    client: httpx.AsyncClient, edition: Made
) -> None:
    free, held, full = [
        await a_slot(edition, title, hours=hours) for title, hours in (("Libre", 0), ("Tenue", 2), ("Pleine", 4))
    ]
    elsewhere = await a_slot(await make_edition("cafe2028"), "Ailleurs", hours=6.5)
    late, gone = await a_slot(edition, "Tard", hours=6), await a_slot(edition, "Partie", hours=9)
    bob = await make_person()
    for slot in (held, elsewhere):
        await take_place(slot.code, Applicant(person_id=bob), consents=[])
    await database.fetch("UPDATE slot SET taken = seats WHERE id = $1", full.id)
    await client.get(DAY)  # the programme as it was a second ago
    await database.fetch("UPDATE slot SET state = 'cancelled' WHERE id = $1", gone.id)
    await sign_in(client, bob)

    page = await send(client, free, full, late, gone, consent="registration")
    text = plain(page)

    assert page.status_code == 409
    assert "Tout n’a pas pu être réservé Ce qui était libre est à vous. Le reste attend dans votre journée." in text
    assert (
        text.index("Votre place est réservée")
        < text.index("Complet")
        < text.index("Votre agenda est déjà pris au même moment : « Ailleurs » (15 h 30 à 16 h 30).")
        < text.index("Inscriptions terminées")
    )
    assert kept(client) == [full.code, late.code, gone.code]


async def test_mailbox_and_person_ask_only_so_often(client: httpx.AsyncClient, edition: Made) -> None:
    slot, full = await a_slot(edition, "Une"), await a_slot(edition, "Pleine", hours=2, seats=0)
    strangers = []
    for _ in range(13):
        client.cookies.clear()
        strangers.append((await send(client, slot, **BOB)).status_code)
    await sign_in(client, await make_person("Charlie Roy", "charlie@example.ca"))
    viewers = [(await send(client, full, consent="registration")).status_code for _ in range(31)]

    assert strangers == [303] * 12 + [429]
    assert viewers == [409] * 30 + [429]
