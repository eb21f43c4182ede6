"""The organisers' page of results."""

import re
from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock
from digital_days.kernel.permissions import Role
from matchmaking.domain.outcomes import Said, say_outcome
from tests.conftest import sign_in
from tests.factories import Made, grant, make_edition, make_person
from tests.matchmaking.factories import made, make_meeting, make_organisation, make_participant
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")
PATH = "/jn2027/organisation/rencontres-eclair/resultats"


@pytest.fixture
async def edition(client: httpx.AsyncClient) -> Made:
    edition = await make_edition()
    alice = await make_person("Alice Gagnon", "alice@example.ca")
    await grant(alice, Role.ORGANISER, edition)
    await sign_in(client, alice)
    return edition


async def _answered(edition: Made, number: int, *needs: int) -> None:
    """Both sides of a new meeting say the same; the needs are those of both."""
    people = [await make_person(f"P{number}{side}", f"p{number}{side}@example.ca") for side in "ab"]
    mill = await make_organisation(edition, f"Moulin {number}")
    cle = await make_organisation(edition, f"CLE {number}", side="resource")
    seats = (await make_participant(edition, mill, people[0]), await make_participant(edition, cle, people[1]))
    for need in needs:
        for organisation in (mill, cle):
            await made("match_need", organisation=organisation.id, need=need)
    began = clock.now() - timedelta(hours=1)
    meeting = await make_meeting(edition, *seats, table=number, began=began)
    for person in people:
        await say_outcome(person, edition.id, meeting.code, Said(useful=3, next_step="appointment"))


async def test_page_says_that_nothing_is_published_yet(client: httpx.AsyncClient, edition: Made):
    assert "Aucune rencontre publiée" in (await client.get(PATH)).text


async def test_page_hides_few_answers_and_shows_enough_in_as_many_queries(client: httpx.AsyncClient, edition: Made):
    await _answered(edition, 1)
    async with counted_statements() as few:
        hidden = await client.get(PATH)
    await _answered(edition, 2)
    async with counted_statements() as more:
        shown = await client.get(PATH)

    assert ("Un rendez-vous est prévu" in hidden.text, "on devinerait" in hidden.text) == (False, True)
    assert ("Un rendez-vous est prévu" in shown.text, "4 sur 4" in shown.text) == (True, True)
    assert len(few) == len(more)


async def test_theme_is_plotted_and_what_few_said_of_it_is_not(client: httpx.AsyncClient, edition: Made):
    selling, cloud = [
        await made("need_term", edition=edition.id, slug=slug, name_fr=name)
        for slug, name in (("vendre", "Vendre en ligne"), ("nuage", "Infonuagique"))
    ]
    await _answered(edition, 1, selling, cloud)
    await _answered(edition, 2, selling)

    themes = (await client.get(PATH)).text.partition('id="themes"')[2].partition("</table>")[0]

    rows = {row.partition("</th>")[0]: row for row in themes.split('<tr><th scope="row">')[1:]}
    figures = {
        name: (row.count("<svg"), re.findall(r'"bar-value">([^<]+)', row), row.count("moins de 3 réponses"))
        for name, row in rows.items()
    }
    assert figures == {
        "Vendre en ligne": (3, ["2 sur 2", "4 sur 4", "4 sur 4"], 0),
        "Infonuagique": (1, ["1 sur 1"], 2),
    }
