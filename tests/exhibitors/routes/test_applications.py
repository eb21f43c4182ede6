"""Applications after they were sent: corrected, withdrawn, read and answered by organisers."""

import httpx
import pytest

from digital_days.kernel import database
from tests.conftest import sign_in
from tests.exhibitors.factories import make_booking, make_booth, make_category, make_exhibitor, make_fair
from tests.factories import Made, make_edition, make_person
from tests.letters_read import composed
from tests.scheduling.planning import errors_of, found, organiser_signs_in, texts

pytestmark = pytest.mark.usefixtures("db")
LIST = "/jn2027/organisation/salon/candidatures"


async def applied(*, state: str = "submitted", in_quebec: bool = True, locale: str = "fr") -> tuple[Made, Made]:
    """Bob's, in an edition with a fair."""
    edition = await make_edition()
    await make_fair(edition)
    bob = await make_person(locale=locale)
    exhibitor = await make_exhibitor(edition, await make_category(edition), bob, state=state)
    await database.fetch("UPDATE exhibitor SET in_quebec = $2 WHERE id = $1", exhibitor.id, in_quebec)
    return edition, exhibitor


async def state_of(exhibitor: Made) -> tuple[str, str]:
    [row] = await database.fetch("SELECT state, reason FROM exhibitor WHERE id = $1", exhibitor.id)
    return row["state"], row["reason"]


async def decision(exhibitor: Made, what: str, **more: str) -> dict[str, str]:
    words = {"subject_fr": "Notre réponse", "body_fr": "Bonjour du salon.", "was": (await state_of(exhibitor))[0]}
    return {"decision": what, **words, "seen": "yes", **more}


async def test_applicant_corrects_until_somebody_has_answered(client: httpx.AsyncClient):
    edition, exhibitor = await applied()
    other = await make_category(edition, "Soutien", price_cents=0)
    [bob] = await database.fetch("SELECT id FROM person")
    await sign_in(client, bob["id"])
    path = f"/jn2027/mon-kiosque/{exhibitor.code}/candidature"
    said = {"name": "Nouveau nom", "category": other.code}

    saved = await client.post(path, data=said)
    await database.fetch("UPDATE exhibitor SET state = 'accepted' WHERE id = $1", exhibitor.id)
    late = await client.post(path, data={**said, "name": "Trop tard"})

    [row] = await database.fetch("SELECT name, category, search_key FROM exhibitor")
    assert (saved.status_code, late.status_code) == (303, 409)
    assert tuple(row.values()) == ("Nouveau nom", other.id, "nouveau nom")


async def test_applicant_withdraws_once_sure_and_not_while_a_booth_is_theirs(client: httpx.AsyncClient):
    edition, exhibitor = await applied(state="accepted")
    [bob] = await database.fetch("SELECT id FROM person")
    await sign_in(client, bob["id"])
    path = f"/jn2027/mon-kiosque/{exhibitor.code}/retirer"
    booking = await make_booking(await make_booth(edition), exhibitor)

    unsure = await client.post(path)
    refused = await client.post(path, data={"sure": "yes"})
    await database.fetch("UPDATE booking SET state = 'cancelled' WHERE id = $1", booking.id)
    gone = await client.post(path, data={"sure": "yes"})

    assert (unsure.status_code, refused.status_code, gone.status_code) == (422, 409, 303)
    assert list(errors_of(refused)) == ["sure"]
    assert (await state_of(exhibitor))[0] == "withdrawn"


async def test_organiser_reads_the_message_before_it_leaves_and_each_contact_gets_it_once(client: httpx.AsyncClient):
    edition, exhibitor = await applied()
    await organiser_signs_in(client, edition)
    path = f"{LIST}/{exhibitor.code}"

    preview = await client.post(path, data={**await decision(exhibitor, "accepted"), "seen": ""})
    before = await state_of(exhibitor)
    decided = await client.post(path, data=await decision(exhibitor, "accepted"))

    assert texts(preview, "//article//h3") == ["Notre réponse : Atelier du Nord"]
    assert before == ("submitted", "")
    assert (decided.status_code, await state_of(exhibitor)) == (303, ("accepted", ""))
    [mail] = [mail for mail in await composed("exhibitors.decision") if mail]
    assert (mail.to_email, mail.subject) == ("bob@example.ca", "Notre réponse : Atelier du Nord")


async def test_declining_takes_a_reason_that_the_applicant_reads(client: httpx.AsyncClient):
    edition, exhibitor = await applied()
    await organiser_signs_in(client, edition)
    path = f"{LIST}/{exhibitor.code}"

    without = await client.post(path, data=await decision(exhibitor, "declined"))
    declined = await client.post(path, data=await decision(exhibitor, "declined", reason="C’est complet."))

    assert (without.status_code, declined.status_code) == (422, 303)
    assert await state_of(exhibitor) == ("declined", "C’est complet.")
    [mail] = [mail for mail in await composed("exhibitors.decision") if mail]
    assert "Raison : C’est complet." in mail.text.replace("\xa0", " ")


async def test_second_of_two_organisers_is_told(client: httpx.AsyncClient):
    edition, exhibitor = await applied()
    await organiser_signs_in(client, edition)
    path = f"{LIST}/{exhibitor.code}"
    first, second = await decision(exhibitor, "waiting"), await decision(exhibitor, "declined", reason="Non.")

    answers = [(await client.post(path, data=data)).status_code for data in (first, second)]

    assert answers == [303, 409]
    assert (await state_of(exhibitor))[0] == "waiting"
    assert len(await composed("exhibitors.decision")) == 1


@pytest.mark.parametrize(("in_quebec", "subject"), [(True, "Notre réponse"), (False, "Our answer")])
async def test_business_of_quebec_is_written_to_in_french_whatever_its_contact_reads(
    client: httpx.AsyncClient, in_quebec: bool, subject: str
):
    edition, exhibitor = await applied(in_quebec=in_quebec, locale="en")
    await organiser_signs_in(client, edition)
    said = await decision(exhibitor, "accepted", subject_en="Our answer", body_en="Hello from the fair.")

    await client.post(f"{LIST}/{exhibitor.code}", data=said)

    [mail] = [mail for mail in await composed("exhibitors.decision") if mail]
    assert mail.subject.startswith(subject)


async def test_exhibitor_with_a_booth_is_not_declined(client: httpx.AsyncClient):
    edition, exhibitor = await applied(state="accepted")
    await make_booking(await make_booth(edition), exhibitor)
    await organiser_signs_in(client, edition)

    answer = await client.post(
        f"{LIST}/{exhibitor.code}", data=await decision(exhibitor, "declined", reason="Trop tard.")
    )

    assert (answer.status_code, (await state_of(exhibitor))[0]) == (409, "accepted")


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        ("submitted", ["accepted", "waiting", "declined"]),
        ("waiting", ["accepted", "declined"]),
        ("accepted", ["declined"]),
        ("declined", ["accepted"]),
        ("withdrawn", []),
    ],
)
async def test_only_what_follows_a_state_is_offered_and_taken(
    client: httpx.AsyncClient, state: str, offered: list[str]
):
    edition, exhibitor = await applied(state=state)
    await organiser_signs_in(client, edition)
    path = f"{LIST}/{exhibitor.code}"

    page = await client.get(path)
    others = {"accepted", "waiting", "declined"} - set(offered)
    sent = [await client.post(path, data=await decision(exhibitor, what, reason="Non.")) for what in others]
    refused = [answer.status_code for answer in sent]

    assert found(page, "//details//input[@name='decision']/@value") == offered
    assert refused == [409] * len(others)
    assert (await state_of(exhibitor))[0] == state


async def test_list_is_narrowed_by_words_state_and_category(client: httpx.AsyncClient):
    edition, _exhibitor = await applied()
    category = await make_category(edition, "Soutien")
    await make_exhibitor(edition, category, name="Éclair", state="waiting")
    foreign = await make_edition("cafe2028")
    await make_exhibitor(foreign, await make_category(foreign), name="Ailleurs")
    await organiser_signs_in(client, edition)

    async def names(query: str) -> list[str]:
        return texts(await client.get(f"{LIST}?{query}"), "//tbody//th/a")

    assert await names("") == ["Atelier du Nord", "Éclair"]
    assert (await names("q=eclair"), await names("etat=submitted")) == (["Éclair"], ["Atelier du Nord"])
    assert (await names(f"categorie={category.code}"), await names("q=ailleurs")) == (["Éclair"], [])


async def test_edition_s_own_texts_come_first_and_ours_otherwise(client: httpx.AsyncClient):
    edition, exhibitor = await applied()
    await organiser_signs_in(client, edition)
    path = "/jn2027/organisation/salon/textes"

    wrong = await client.post(path, data={"decision": "accepted", "subject_fr": "", "body_fr": "Oui."})
    saved = await client.post(path, data={"decision": "accepted", "subject_fr": "Bienvenue!", "body_fr": "Oui."})
    page = await client.get(f"{LIST}/{exhibitor.code}")

    subjects = found(page, "//input[@name='subject_fr']/@value")
    assert (wrong.status_code, saved.status_code) == (422, 303)
    assert subjects == ["Bienvenue!", "Votre candidature est en attente", "Votre candidature n’est pas retenue"]


async def test_note_is_the_organisers_own(client: httpx.AsyncClient):
    edition, exhibitor = await applied()
    await organiser_signs_in(client, edition)
    await client.post(f"{LIST}/{exhibitor.code}/note", data={"note": "À rappeler"})
    seen = await client.get(f"{LIST}/{exhibitor.code}")
    [bob] = await database.fetch("SELECT id FROM person WHERE name LIKE 'Bob%'")
    await sign_in(client, bob["id"])

    theirs = await client.get(f"/jn2027/mon-kiosque/{exhibitor.code}/candidature")

    assert ("À rappeler" in seen.text, "À rappeler" in theirs.text) == (True, False)
