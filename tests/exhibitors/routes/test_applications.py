"""Applications after they were sent: corrected, withdrawn, read and answered by organisers."""

import httpx
import pytest

from digital_days.kernel import database
from tests.conftest import sign_in
from tests.exhibitors.factories import make_booking, make_booth, make_category, make_exhibitor, make_fair
from tests.factories import Made, make_edition, make_person
from tests.letters_read import composed
from tests.scheduling.planning import errors_of, found, organiser_signs_in, texts
from tests.scheduling.routes.catalogue_pages import fields, said

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
    opened = fields(await client.get(f"{LIST}/{exhibitor.code}"), "/note")
    await client.post(f"{LIST}/{exhibitor.code}/note", data={**opened, "note": "À rappeler"})
    seen = await client.get(f"{LIST}/{exhibitor.code}")
    [bob] = await database.fetch("SELECT id FROM person WHERE name LIKE 'Bob%'")
    await sign_in(client, bob["id"])

    theirs = await client.get(f"/jn2027/mon-kiosque/{exhibitor.code}/candidature")

    assert ("À rappeler" in seen.text, "À rappeler" in theirs.text) == (True, False)


async def test_second_organiser_reads_the_note_of_the_first_before_it_is_replaced(client: httpx.AsyncClient):
    edition, exhibitor = await applied()
    await organiser_signs_in(client, edition)
    path = f"{LIST}/{exhibitor.code}/note"
    opened = fields(await client.get(f"{LIST}/{exhibitor.code}"), "/note")

    await client.post(path, data={**opened, "note": "Le premier"})
    late = await client.post(path, data={**opened, "note": "Le second"})
    again = await client.post(path, data=fields(late, "/note"))

    assert (late.status_code, again.status_code) == (409, 303)
    assert "Note interne Le premier" in said(late)
    assert await database.fetch("SELECT FROM exhibitor WHERE internal_note = 'Le second'")


async def test_second_organiser_reads_the_text_of_the_first_before_it_is_replaced(client: httpx.AsyncClient):
    edition, _exhibitor = await applied()
    await organiser_signs_in(client, edition)
    path = "/jn2027/organisation/salon/textes"
    opened = {"decision": "waiting", "subject_fr": "Patience", "body_fr": "Un peu.", "version": ""}

    await client.post(path, data=opened)
    late = await client.post(path, data={**opened, "body_fr": "Beaucoup."})
    version = found(late, "//form[contains(@class, 'text-waiting')]//input[@name='version']/@value")[0]
    again = await client.post(path, data={**opened, "body_fr": "Beaucoup.", "version": version})

    assert (late.status_code, again.status_code) == (409, 303)
    assert "Message Un peu." in said(late)
    assert await database.fetch("SELECT FROM decision_text WHERE body_fr = 'Beaucoup.'")


async def test_colleague_s_correction_is_shown_before_it_is_replaced(client: httpx.AsyncClient):
    _edition, exhibitor = await applied()
    [bob] = await database.fetch("SELECT id FROM person")
    await sign_in(client, bob["id"])
    path = f"/jn2027/mon-kiosque/{exhibitor.code}/candidature"
    opened = {**fields(await client.get(path), path), "billing_address": "12, rang Nord"}
    await database.fetch("UPDATE exhibitor SET internal_note = 'À rappeler', summary_fr = 'Des capteurs'")

    first = await client.post(path, data={**opened, "phone": "450 555-0100"})
    late = await client.post(path, data={**opened, "wish": "Des capteurs"})
    again = await client.post(path, data=fields(late, path))

    assert (first.status_code, late.status_code, again.status_code) == (303, 409, 303)
    assert "Téléphone 450 555-0100" in said(late)
    [row] = await database.fetch("SELECT wish, phone FROM exhibitor")
    assert (row["wish"].strip(), row["phone"]) == ("Des capteurs", "")


async def test_new_name_is_found_and_so_is_what_the_profile_says(client: httpx.AsyncClient):
    _edition, exhibitor = await applied()
    [bob] = await database.fetch("SELECT id FROM person")
    await sign_in(client, bob["id"])
    path = f"/jn2027/mon-kiosque/{exhibitor.code}/candidature"
    await database.fetch("UPDATE exhibitor SET search_key = search_key || ' capteurs'")
    opened = {**fields(await client.get(path), path), "billing_address": "12, rang Nord"}

    await client.post(path, data={**opened, "name": "Ferme Éclair"})

    assert [row["search_key"] for row in await database.fetch("SELECT search_key FROM exhibitor")] == [
        "ferme eclair capteurs"
    ]


async def test_what_happened_is_told_with_the_message_that_was_sent(client: httpx.AsyncClient):
    edition, exhibitor = await applied()
    await organiser_signs_in(client, edition)
    path = f"{LIST}/{exhibitor.code}"

    await client.post(path, data=await decision(exhibitor, "waiting"))
    await client.post(path, data=await decision(exhibitor, "declined", reason="C’est complet."))

    history = texts(await client.get(path), "//section[@aria-labelledby='history']//li")
    assert [line.partition(" : ")[2] for line in history] == [
        "Candidature refusée (Alice Roy) Raison : C’est complet. Message envoyé : Notre réponse Bonjour du salon.",
        "Candidature mise en attente (Alice Roy) Message envoyé : Notre réponse Bonjour du salon.",
    ]


async def test_exhibitor_s_own_acts_are_told_too(client: httpx.AsyncClient):
    edition, exhibitor = await applied()
    [bob] = await database.fetch("SELECT id FROM person")
    await sign_in(client, bob["id"])
    path = f"/jn2027/mon-kiosque/{exhibitor.code}"

    opened = {
        **fields(await client.get(f"{path}/candidature"), f"{path}/candidature"),
        "billing_address": "12, rang Nord",
    }
    await client.post(f"{path}/candidature", data=opened)
    for _twice in (1, 2):
        await client.post(f"{path}/retirer", data={"sure": "yes"})
    await organiser_signs_in(client, edition)

    history = texts(await client.get(f"{LIST}/{exhibitor.code}"), "//section[@aria-labelledby='history']//li")
    assert [line.partition(" : ")[2] for line in history] == [
        "Candidature retirée (Bob Tremblay)",
        "Candidature modifiée (Bob Tremblay)",
    ]
