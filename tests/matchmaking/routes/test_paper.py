"""Paper of what is published: a sheet a person, a sheet a table, a chart for the wall; read back from the PDF."""

import re
from urllib.parse import urlsplit

import httpx
import pytest
import zxingcpp
from msgspec.structs import replace

from digital_days.kernel import database
from digital_days.kernel.editions import edition_called
from digital_days.kernel.i18n import use
from digital_days.kernel.need_terms import NeedTerm
from digital_days.kernel.permissions import Role
from digital_days.kernel.typesetting import typeset
from matchmaking.domain.drafts import DraftPlace
from matchmaking.domain.paper_meetings import PaperMeeting, PaperSeat, paper_meetings
from matchmaking.domain.publishing import publish_plan
from matchmaking.domain.settings import speed_dating_of
from matchmaking.routes.paper import TEMPLATES
from matchmaking.routes.paper_sheets import personal_data, table_data
from tests.conftest import sign_in
from tests.factories import grant, make_edition
from tests.matchmaking.factories import made, make_round
from tests.matchmaking.organised import organised
from tests.matchmaking.published import Fair
from tests.paper_pictures import picture_of
from tests.pdf_text import text_of

pytestmark = pytest.mark.usefixtures("db")
BASE = "/jn2027/organisation/rencontres-eclair/papier"


@pytest.fixture
async def fair(client: httpx.AsyncClient) -> Fair:
    return await organised(client)


@pytest.fixture
async def plan(fair: Fair) -> list[DraftPlace]:
    plan = [fair.place("Bob", "Carole", 1, 1), fair.place("Ève", "Dora", 1, 2), fair.place("Bob", "Dora", 2, 1)]
    await publish_plan(fair.edition.id, plan, fair.rounds, expected=0, by=None)
    return plan


async def _read(client: httpx.AsyncClient, path: str) -> str:
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    assert b"/StructTreeRoot" in answer.content
    return _said(answer.content)


def _said(pdf: bytes) -> str:
    return text_of(pdf).replace("\N{NO-BREAK SPACE}", " ")


def _pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


async def test_personal_sheets_say_when_where_and_whom_and_why(client: httpx.AsyncClient, fair: Fair, plan: object):
    need = await made("need_term", edition=fair.edition.id, slug="vendre", name_fr="Vendre en ligne", position=1)
    for name in ("Bob", "Dora"):
        [row] = await database.fetch("SELECT organisation FROM match_participant WHERE id = $1", fair.seats[name].id)
        await made("match_need", organisation=row["organisation"], need=need)

    answer = await client.get(f"{BASE}/feuilles.pdf")

    said = _said(answer.content)
    assert _pages(answer.content) == 4
    bob = said[
        said.index("Bob RoyMaison Bob") : said.index("Carole RoyMaison Carole", said.index("Bob RoyMaison Bob") + 200)
    ]
    assert "9 h à 9 h 15Ronde 11Carole RoyMaison Carole9 h 20 à 9 h 35Ronde 21Dora RoyMaison Dora" in bob
    assert "En commun : Vendre en ligne" in bob
    assert ("jeudi 21 octobre 2027 · Salle des Lilas" in bob, "Ève" in bob) == (True, False)
    assert answer.headers["content-disposition"] == 'inline; filename="rencontres-jn2027.pdf"'


async def test_sheet_of_one_says_nothing_of_others(client: httpx.AsyncClient, fair: Fair, plan: object):
    said = await _read(client, f"{BASE}/feuilles/{fair.seats['Ève'].code}")

    assert ("Ève Roy" in said, "Dora Roy" in said, "Bob" in said, "Carole" in said) == (True, True, False, False)


async def test_own_sheet_is_one_s_own_in_the_page_s_language(client: httpx.AsyncClient, fair: Fair, plan: object):
    await sign_in(client, fair.people["Bob"])

    french = await _read(client, "/jn2027/mes-rencontres/feuille.pdf")
    english = await _read(client, "/en/jn2027/mes-rencontres/feuille.pdf")

    assert ("Bob Roy" in french, "Ève" in french, "jeudi 21 octobre" in french) == (True, False, True)
    assert "Thursday, October 21, 2027" in english


async def test_own_sheet_is_refused_to_who_does_not_take_part(client: httpx.AsyncClient, fair: Fair):
    assert (await client.get("/jn2027/mes-rencontres/feuille.pdf")).status_code == 404


async def test_businesses_are_written_to_in_french_and_resources_in_their_language(fair: Fair, plan: object):
    await database.fetch("UPDATE person SET locale = 'en'")
    edition = await edition_called("jn2027")

    with use("en"):
        meetings = await paper_meetings(edition.id)
        data = personal_data(edition, await speed_dating_of(edition.id), meetings, ())

    sheets = data["sheets"]
    assert isinstance(sheets, list)
    assert {sheet["name"]: sheet["language"] for sheet in sheets} == {
        "Bob Roy": "fr",
        "Ève Roy": "fr",
        "Carole Roy": "en",
        "Dora Roy": "en",
    }


async def test_table_sheets_say_who_comes_when(client: httpx.AsyncClient, fair: Fair, plan: object):
    answer = await client.get(f"{BASE}/tables.pdf")

    said = _said(answer.content)
    assert _pages(answer.content) == 2
    first, second = said.split("Table 2")
    assert "9 h à 9 h 15Ronde 1Bob RoyMaison BobCarole RoyMaison Carole" in first
    assert "9 h 20 à 9 h 35Ronde 2Bob RoyMaison BobDora RoyMaison Dora" in first
    assert ("Ève Roy" in first, "Ève Roy" in second) == (False, True)


async def test_table_s_code_leads_the_team_to_its_page(client: httpx.AsyncClient, fair: Fair, plan: object):
    second = [each for each in await paper_meetings(fair.edition.id) if each.table == 2]
    data = table_data(await edition_called("jn2027"), second)

    [symbol] = zxingcpp.read_barcodes(picture_of(TEMPLATES / "tables.typ", data=data))

    path = urlsplit(symbol.text).path
    assert path.endswith("/tables/2")
    assert "Table 2" in (await client.get(path)).text


async def test_wall_chart_has_everybody_by_name_and_a_column_a_round(
    client: httpx.AsyncClient, fair: Fair, plan: object
):
    said = await _read(client, f"{BASE}/mur.pdf")

    assert said.index("Bob RoyMaison Bob") < said.index("Carole RoyMaison Carole") < said.index("Ève RoyMaison Ève")
    assert "Bob RoyMaison BobT1Maison CaroleT1Maison Dora" in said
    assert [said.count(f"Ronde {each.number}") for each in fair.rounds] == [1] * 6


async def test_cancelled_meeting_is_on_no_sheet(client: httpx.AsyncClient, fair: Fair, plan: list[DraftPlace]):
    await publish_plan(fair.edition.id, plan[:2], fair.rounds, expected=1, by=None)

    for path in ("feuilles.pdf", "tables.pdf", "mur.pdf"):
        assert "9 h 20 à 9 h 35" not in await _read(client, f"{BASE}/{path}")


async def test_nothing_published_is_said_on_paper_and_on_the_page(client: httpx.AsyncClient, fair: Fair):
    for path in ("feuilles.pdf", "tables.pdf", "mur.pdf", f"feuilles/{fair.seats['Bob'].code}"):
        assert "Aucune rencontre n’est publiée." in await _read(client, f"{BASE}/{path}")
    assert "Rien à imprimer" in (await client.get(BASE)).text


async def test_page_leads_to_everybody_s_sheet(client: httpx.AsyncClient, fair: Fair, plan: object):
    text = (await client.get(BASE)).text

    assert sorted(re.findall(r'papier/feuilles/(\w+)"', text)) == sorted(seat.code for seat in fair.seats.values())


async def test_sheets_of_another_edition_are_not_here(client: httpx.AsyncClient, fair: Fair, plan: object):
    other = await make_edition("jn2028")
    await grant((await database.fetch("SELECT person FROM role_grant"))[0]["person"], Role.ORGANISER, other)
    await make_round(other, 1)
    base = BASE.replace("jn2027", "jn2028")

    assert (await client.get(f"{base}/feuilles/{fair.seats['Bob'].code}")).status_code == 404
    for path in ("feuilles.pdf", "tables.pdf", "mur.pdf"):
        assert "Bob Roy" not in await _read(client, f"{base}/{path}")


async def test_participant_may_not_print_for_others(client: httpx.AsyncClient, fair: Fair, plan: object):
    await sign_in(client, fair.people["Bob"])

    for path in ("", "/feuilles.pdf", "/tables.pdf", "/mur.pdf", f"/feuilles/{fair.seats['Dora'].code}"):
        assert (await client.get(BASE + path)).status_code == 403


async def test_full_day_of_long_names_stays_on_one_page(fair: Fair):
    edition = await edition_called("jn2027")
    seat = PaperSeat(code="A", name="Marie-Ève " * 4, organisation="Coopérative " * 8, side="business", locale="fr")
    meetings = [
        PaperMeeting(
            round=number,
            table=number,
            starts_at=fair.rounds[0].starts_at,
            ends_at=fair.rounds[0].ends_at,
            business=seat,
            resource=replace(seat, code=f"R{number}", organisation="Centre d’aide aux entreprises " * 2),
            common=("vendre",),
        )
        for number in range(1, 17)
    ]
    words = "Vendre en ligne, former l’équipe et protéger les données de la clientèle"
    terms = [NeedTerm(id=1, slug="vendre", name_fr=words, name_en="")]

    data = personal_data(edition, await speed_dating_of(edition.id), meetings, terms, only="A")

    assert _pages(await typeset(TEMPLATES / "personal.typ", data=data, title="Mes rencontres")) == 1
