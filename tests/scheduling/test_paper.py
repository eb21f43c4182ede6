"""Paper for a day without network: the lists say who is expected, and nothing more about them."""

from datetime import timedelta

import httpx
import pytest
import zxingcpp

from digital_days.kernel import clock, database
from digital_days.kernel.editions import edition_called
from digital_days.kernel.permissions import Role
from scheduling.domain.needs import Said, say_own
from scheduling.domain.paper_lists import badges
from scheduling.routes.paper_words import badge_sheets, templates
from tests.conftest import sign_in
from tests.desk_factories import MORNING, give_place, make_attendee, ticket_of, volunteer_signs_in
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_room, make_slot
from tests.paper_pictures import picture_of
from tests.pdf_text import text_of
from tests.scheduling.planning import texts

pytestmark = pytest.mark.usefixtures("db")

PAPER, DOORS = "/jn2027/organisation/papier", "/jn2027/portes/listes.pdf"


@pytest.fixture
async def edition() -> Made:
    return await make_edition()


async def two_doors(edition: Made) -> tuple[Made, Made]:
    """Bob on the first day; Zoé with a name of signs on the second."""
    room = await make_room(edition)
    first = await make_slot(await make_activity(edition, "Mots de passe"), room=room)
    tomorrow = IN_A_YEAR + timedelta(days=1)
    second = await make_slot(await make_activity(edition, "Infonuagique"), room=room, starts_at=tomorrow)
    await give_place(await make_attendee(edition), first)
    await give_place(await make_attendee(edition, "#let *Zoé*", "zoe@example.ca"), second)
    return first, second


async def test_everything_has_programme_doors_and_everybody(client: httpx.AsyncClient, edition: Made):
    await two_doors(edition)
    gone = await make_attendee(edition, "Parti Roy", "parti@example.ca", state="cancelled")
    only = await make_attendee(edition, "Sans Place", "sans@example.ca")
    await volunteer_signs_in(client, edition, Role.ORGANISER)

    with clock.stopped_at(MORNING):
        answer = await client.get(f"{PAPER}/tout.pdf")

    said = text_of(answer.content).replace("\N{NO-BREAK SPACE}", " ")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-disposition"] == 'inline; filename="tout-jn2027.pdf"'
    assert [said.count(name) for name in ("Bob Tremblay", "#let *Zoé*", "Sans Place", "Parti Roy")] == [2, 2, 1, 0]
    assert [said.count(title) for title in ("Mots de passe", "Infonuagique", "Salle des Lilas")] == [2, 2, 4]
    assert (f"{only.code[:5]}-{only.code[5:]}" in said, gone.code[:5] in said, "@" in said) == (True, False, False)
    assert "Imprimé le 21 octobre 2027 à 9 h 12" in said


async def test_doors_are_printed_by_whoever_holds_them(client: httpx.AsyncClient, edition: Made):
    first, _second = await two_doors(edition)
    await volunteer_signs_in(client, edition)
    asked = ("", "?jour=2027-10-22", f"?plage={first.code}", "?jour=2027-12-24")

    said = [text_of((await client.get(DOORS + query)).content) for query in asked]

    names = ("Bob Tremblay", "#let *Zoé*")
    assert [[name in sheet for name in names] for sheet in said] == [
        [True, True],
        [False, True],
        [True, False],
        [False] * 2,
    ]
    [bob] = await database.fetch(
        "SELECT r.code FROM registration r JOIN person p ON p.id = r.person WHERE p.name ~ 'Bob'"
    )
    assert (f"{bob['code'][:5]}…" in said[0], bob["code"][5:] in said[0], "@" in said[0]) == (True, False, False)


async def test_needs_are_printed_only_where_somebody_asks_for_them(client: httpx.AsyncClient, edition: Made):
    await two_doors(edition)
    [bob] = await database.fetch(
        "SELECT r.code FROM registration r JOIN person p ON p.id = r.person WHERE p.name ~ 'Bob'"
    )
    await say_own(bob["code"], Said(wheelchair=True), organiser="MRC")
    await volunteer_signs_in(client, edition, Role.ORGANISER)

    said = [text_of((await client.get(path)).content) for path in (f"{PAPER}/tout.pdf", DOORS, f"{DOORS}?besoins=oui")]

    assert [sheet.count("fauteuil roulant") for sheet in said] == [0, 0, 1]
    for page in ("/jn2027/portes", PAPER):
        assert "besoins=oui" in (await client.get(page)).text


async def test_no_door_is_printed_for_others_nor_of_another_edition(client: httpx.AsyncClient, edition: Made):
    foreign = await make_slot(await make_activity(await make_edition("cafe2028")))
    bob = await make_attendee(edition)
    await sign_in(client, bob.id)
    as_attendee = await client.get(DOORS)
    await volunteer_signs_in(client, edition)

    codes = [(await client.get(f"{DOORS}?plage={code}")).status_code for code in (foreign.code, "XXXXXXXXXX")]

    assert (as_attendee.status_code, codes) == (403, [404, 404])
    assert (await client.get(f"{PAPER}/tout.pdf")).status_code == 403


async def test_badge_is_scanned_like_its_ticket(client: httpx.AsyncClient, edition: Made):
    bob = await make_attendee(edition)
    await make_attendee(edition, "Parti Roy", "parti@example.ca", state="cancelled")
    await database.fetch(
        """
        INSERT INTO speaker (edition, code, source_id, name, organisation, person)
        VALUES ($1, 'B', 'b', 'Bob', 'CLE', $2)
        """,
        edition.id,
        bob.id,
    )

    data = badge_sheets(await edition_called("jn2027"), await badges(edition.id))

    [symbol] = zxingcpp.read_barcodes(picture_of(*templates("badges"), data=data))
    assert symbol.text == ticket_of(bob)
    await volunteer_signs_in(client, edition, Role.ORGANISER)
    printed = text_of((await client.get(f"{PAPER}/porte-noms.pdf")).content)
    assert [words in printed for words in ("Bob Tremblay", "CLE", "Parti Roy")] == [True, True, False]


async def test_page_says_of_when_and_of_how_many(client: httpx.AsyncClient, edition: Made):
    first, _second = await two_doors(edition)
    await volunteer_signs_in(client, edition, Role.ORGANISER)

    with clock.stopped_at(MORNING):
        page = await client.get(PAPER)

    [sentence] = texts(page, "//p[contains(., 'il est maintenant')]")
    assert "il est maintenant 9 h 12, et 2 personnes sont inscrites" in sentence
    assert f'href="{DOORS}?plage={first.code}"' in page.text
