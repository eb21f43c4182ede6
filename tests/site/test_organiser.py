"""The organiser's start page: what needs attention, which messages left, a second chance for those that did not."""

import io
from datetime import timedelta

import httpx
import pytest
from lxml import html
from openpyxl import load_workbook

from digital_days.kernel import clock, database
from digital_days.kernel.mail import queue_mail
from digital_days.kernel.outbox import UNNEEDED
from digital_days.kernel.permissions import Role
from digital_days.kernel.settings import current
from tests.desk_factories import MORNING, make_attendee, volunteer_signs_in
from tests.factories import IN_A_YEAR, Made, grant, make_activity, make_edition, make_person, make_slot
from tests.scheduling.registered import another_slot, ask_for_place, registered
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")


async def an_organiser(client: httpx.AsyncClient) -> Made:
    edition = await make_edition()
    await volunteer_signs_in(client, edition, Role.ORGANISER)
    return edition


async def make_message(
    edition: Made | None, person: Made, *, topic: str = "scheduling.ticket", state: str = "queued", error: str = ""
) -> int:
    [known] = await database.fetch("SELECT count(*) AS messages FROM outbox_message")
    edition_id = edition.id if edition else None
    await queue_mail(topic, dedup_key=f"m{known['messages']}", payload={}, person_id=person.id, edition_id=edition_id)
    row = await database.fetch_one(
        "UPDATE outbox_message SET state = $1, error = $2, done_at = due_at WHERE dedup_key = $3 RETURNING id",
        state,
        error,
        f"m{known['messages']}",
    )
    assert row is not None
    return int(row["id"])


async def look(client: httpx.AsyncClient) -> str:
    page = await client.get("/jn2027/organisation")
    assert page.status_code == 200
    return page.text


async def test_page_counts_people_and_shows_seats_and_what_misses(client: httpx.AsyncClient):
    edition = await an_organiser(client)
    bob = await make_attendee(edition)
    await make_slot(await make_activity(edition), seats=12)
    with clock.stopped_at(MORNING - timedelta(hours=3)):
        await client.post(f"/jn2027/accueil/entrees/{bob.code}")
        page = await look(client)

    assert "n’a pas de salle" in page
    assert "0 sur 12" in page
    assert "personne inscrite" in page
    assert "attention--urgent" in page


async def test_nothing_to_report_is_said(client: httpx.AsyncClient):
    await an_organiser(client)

    assert "Rien à signaler" in await look(client)


async def test_messages_are_shown_with_person_state_and_error(client: httpx.AsyncClient):
    edition = await an_organiser(client)
    bob = await make_attendee(edition)
    refused = "SendGrid refuse ce message : l’adresse n’est pas valable."
    with clock.stopped_at(MORNING):
        await make_message(edition, bob, state="done")
        await make_message(edition, bob, topic="scheduling.cancelled")
        number = await make_message(edition, bob, topic="made.up", state="failed", error=refused)
        page = await look(client)

    for words in ("Billet", "Place annulée", "made.up", "Bob Tremblay", "En attente", "Non parti"):
        assert words in page
    assert "Parti à 9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}12" in page
    assert "l’adresse n’est pas valable" in page
    assert f"/messages/{number}/renvoyer" in page
    assert page.count("/renvoyer") == 1
    assert "1 message n’est pas parti." in page


async def test_messages_to_one_person_are_told_apart_by_their_activities_and_days(client: httpx.AsyncClient):
    bob = await registered()
    await ask_for_place(await another_slot(bob.edition, "Photos", starts_at=IN_A_YEAR + timedelta(hours=3)))
    await volunteer_signs_in(client, bob.edition, Role.ORGANISER)
    for title, moment in (("Mots", MORNING - timedelta(days=1)), ("Photos", MORNING)):
        await database.fetch(
            """
            UPDATE outbox_message SET created_at = $1 WHERE payload->>'place' IN (
                SELECT p.code FROM place p JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity
                WHERE a.title_fr LIKE $2)
            """,
            moment,
            f"{title}%",
        )

    with clock.stopped_at(MORNING):
        page = html.document_fromstring(await look(client))

    rows = page.iterfind(".//*[@id='messages']//tbody/tr")
    assert [" ".join(" ".join(map(str, row.itertext())).split()) for row in rows] == [
        "Billet Photos Bob Tremblay aujourd’hui, 9 h 12 En attente",
        "Billet Mots de passe solides Bob Tremblay 20 octobre 2027, 9 h 12 En attente",
    ]


async def test_slots_with_seats_left_are_folded_behind_those_that_fill_up(client: httpx.AsyncClient):
    edition = await an_organiser(client)
    for title, taken in (("Vide", 0), ("Presque", 10)):
        slot = await make_slot(await make_activity(edition, title), seats=12)
        await database.fetch("UPDATE slot SET taken = $1 WHERE id = $2", taken, slot.id)

    first, folded = (await look(client)).split("1 plage où il reste des places</summary>")

    assert ("10 sur 12" in first, "0 sur 12" in folded) == (True, True)


async def test_sign_in_mail_that_does_not_leave_is_shown_and_can_be_sent_again(client: httpx.AsyncClient):
    edition = await an_organiser(client)
    bob = await make_attendee(edition)
    await make_message(None, bob, topic="site.sign-in", state="done")
    number = await make_message(None, bob, topic="site.sign-in", state="failed", error="Non")

    page = await look(client)
    again = await client.post(f"/jn2027/organisation/messages/{number}/renvoyer")

    assert page.count("Lien de connexion") == 2  # once to see, once in the name of the button
    assert "1 message n’est pas parti." in page
    assert again.status_code == 303


async def test_message_that_waits_too_long_is_urgent_and_says_why(client: httpx.AsyncClient):
    edition = await an_organiser(client)
    bob = await make_attendee(edition)
    with clock.stopped_at(MORNING):
        await make_message(
            edition, bob, error="SendGrid refuse la clé du programme. Vérifiez le réglage SENDGRID_API_KEY."
        )
        await make_message(edition, bob)
    with clock.stopped_at(MORNING + timedelta(minutes=5)):
        page = await look(client)
        assert "depuis plus de dix minutes" not in page
        assert page.count("1 message attend. SendGrid refuse la clé du programme") == 2  # to see, and to hear
    with clock.stopped_at(MORNING + timedelta(minutes=11)):
        page = await look(client)

    assert page.count("1 message attend depuis plus de dix minutes.") == 4  # each once to see, once to hear
    assert "SendGrid refuse la clé du programme" in page


async def test_missing_way_out_is_urgent(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch):
    await an_organiser(client)
    monkeypatch.setenv("MAILBOX", "")
    current.cache_clear()
    try:
        assert "le réglage SENDGRID_API_KEY manque" in await look(client)
    finally:
        monkeypatch.undo()
        current.cache_clear()


async def test_failed_message_is_queued_again_once(client: httpx.AsyncClient):
    edition = await an_organiser(client)
    number = await make_message(edition, await make_attendee(edition), state="failed", error="Non")
    path = f"/jn2027/organisation/messages/{number}/renvoyer"

    first, second = await client.post(path), await client.post(path)

    assert [first.status_code, second.status_code] == [303, 303]
    [row] = await database.fetch("SELECT state, attempts, error FROM outbox_message")
    assert tuple(row.values()) == ("queued", 0, "")
    assert "en échec" in (await client.get("/jn2027/organisation")).text


@pytest.mark.parametrize("number", ["{foreign}", "999999", "99999999999999999999"])
async def test_message_of_another_edition_is_not_found(client: httpx.AsyncClient, number: str):
    await an_organiser(client)
    there = await make_edition("cafe2028")
    foreign = await make_message(there, await make_attendee(there), state="failed")

    answer = await client.post(f"/jn2027/organisation/messages/{number.format(foreign=foreign)}/renvoyer")

    assert answer.status_code == 404
    [row] = await database.fetch("SELECT state FROM outbox_message")
    assert row["state"] == "failed"
    assert "/renvoyer" not in await look(client)


async def test_page_takes_as_many_statements_for_one_of_each_as_for_three(client: httpx.AsyncClient):
    edition = await an_organiser(client)
    bob = await make_attendee(edition)
    await make_message(edition, bob)
    await make_slot(await make_activity(edition))
    async with counted_statements() as for_one:
        await look(client)
    for _ in range(2):
        await make_message(edition, bob)
        await make_slot(await make_activity(edition))
    async with counted_statements() as for_three:
        await look(client)

    assert len(for_one) == len(for_three)


async def test_programme_template_comes_as_workbook_and_as_csv(client: httpx.AsyncClient):
    await an_organiser(client)

    xlsx = await client.get("/jn2027/organisation/modele/xlsx")
    csv = await client.get("/jn2027/organisation/modele/csv")

    assert "activities" in load_workbook(io.BytesIO(xlsx.content)).sheetnames
    assert xlsx.headers["content-disposition"] == 'attachment; filename="programme-jn2027.xlsx"'
    assert csv.content.startswith(b"\xef\xbb\xbf")
    assert (await client.get("/jn2027/organisation/modele/exe")).status_code in (400, 404)


async def test_programme_template_is_explained_in_its_reader_s_language(client: httpx.AsyncClient):
    await an_organiser(client)

    for _time in ("first", "again"):
        french = await client.get("/jn2027/organisation/modele/csv")
        english = await client.get("/en/jn2027/organisation/modele/csv")

        assert ("Titre en français." in french.text, "Title in French." in french.text) == (True, False)
        assert ("Titre en français." in english.text, "Title in French." in english.text) == (False, True)


async def test_people_of_other_editions_are_neither_named_nor_written_to(client: httpx.AsyncClient):
    await an_organiser(client)
    there = await make_edition("cafe2028")
    bob = await make_attendee(there)
    number = await make_message(None, bob, topic="site.sign-in", state="failed", error="Non")

    page = await look(client)
    again = await client.post(f"/jn2027/organisation/messages/{number}/renvoyer")

    assert "Bob Tremblay" not in page
    assert "n’est pas parti" not in page
    assert again.status_code == 404
    [row] = await database.fetch("SELECT state FROM outbox_message")
    assert row["state"] == "failed"


async def test_sign_in_mail_of_somebody_who_works_here_is_shown(client: httpx.AsyncClient):
    edition = await an_organiser(client)
    carl = await make_person("Carl Roy", "carl@example.ca")
    await grant(carl, Role.DESK, edition)
    await make_message(None, Made(carl, ""), topic="site.sign-in", state="failed", error="Non")

    assert "Carl Roy" in await look(client)


async def test_mail_for_somebody_without_an_address_says_that_the_ticket_is_printed(client: httpx.AsyncClient):
    edition = await an_organiser(client)
    for name, email in (("Rita Foisy", ""), ("Bob Tremblay", "bob@example.ca")):
        await make_message(edition, await make_attendee(edition, name, email), state="done")
    await database.fetch("UPDATE outbox_message SET receipt = $1", UNNEEDED)

    page = await look(client)

    assert (page.count("Pas d’adresse\N{NO-BREAK SPACE}: billet imprimé"), page.count("Sans objet")) == (1, 1)


async def test_page_says_how_a_filled_in_table_comes_in(client: httpx.AsyncClient):
    await an_organiser(client)

    assert "digital-days import programme-jn2027.xlsx --edition jn2027 --dry-run" in await look(client)
