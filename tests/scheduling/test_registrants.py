"""Who is registered: listed by name, found without accents, exported without anything a spreadsheet would run."""

import csv
import io

import httpx
import pytest

from digital_days.kernel import consents, database
from scheduling.domain import registrants
from scheduling.domain.places import Applicant, cancel_place, take_place
from tests.factories import Made, make_activity, make_edition, make_slot
from tests.scheduling.planning import organiser_signs_in, texts

pytestmark = pytest.mark.usefixtures("db")

LIST = "/jn2027/organisation/inscriptions"
NAMES = ("Zoé Émond", "Élie Roy", "=HYPERLINK(1)", "Bob Tremblay")


@pytest.fixture
async def edition(client: httpx.AsyncClient) -> Made:
    edition = await make_edition()
    await organiser_signs_in(client, edition)
    return edition


@pytest.fixture
async def activity(edition: Made) -> Made:
    """Four people have a place in it, one of them has given it back."""
    activity = await make_activity(edition, "Mots de passe", title_en="Passwords")
    slot = await make_slot(activity)
    agreed = consents.given({"registration"}, organiser="MRC")
    for number, name in enumerate(NAMES):
        who = Applicant(name=name, email=f"p{number}@example.ca")
        answer = await take_place(slot.code, who, consents=agreed)
    await cancel_place(answer.code)
    return activity


async def test_list_is_in_french_order_with_places(client: httpx.AsyncClient, activity: Made):
    page = await client.get(f"{LIST}/")

    assert texts(page, "//tbody/tr/th") == ["Bob Tremblay", "Élie Roy", "=HYPERLINK(1)", "Zoé Émond"]
    assert texts(page, "//tbody/tr/td[last()]")[0] == "aucune"
    assert texts(page, "//tbody/tr/td[last()]")[1].startswith("Mots de passe jeudi 21 octobre")
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("words", "found"), [("elie", ["Élie Roy"]), ("P0@EXAMPLE", ["Zoé Émond"]), ("personne", [])])
async def test_person_is_found_by_part_of_a_name_or_address(
    client: httpx.AsyncClient, activity: Made, words: str, found: list[str]
):
    page = await client.post(f"{LIST}/", data={"q": words})

    assert page.status_code == 200
    assert texts(page, "//tbody/tr/th") == found
    assert words not in str(page.url)


async def test_ticket_is_found_by_its_code_however_it_is_written(client: httpx.AsyncClient, activity: Made):
    row = await database.fetch_one(
        "SELECT r.code FROM registration r JOIN person p ON p.id = r.person WHERE p.name = 'Élie Roy'"
    )
    assert row

    page = await client.post(f"{LIST}/", data={"q": f"{row['code'][:5]}-{row['code'][5:]}".lower()})

    assert texts(page, "//tbody/tr/th") == ["Élie Roy"]


async def test_only_who_holds_a_place_is_listed_for_an_activity(client: httpx.AsyncClient, activity: Made):
    page = await client.get(f"{LIST}/?activite={activity.code}")

    assert texts(page, "//tbody/tr/th") == ["Élie Roy", "=HYPERLINK(1)", "Zoé Émond"]


async def test_file_opens_in_a_french_spreadsheet_and_runs_nothing(
    client: httpx.AsyncClient, activity: Made, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(registrants, "BATCH", 2)  # several batches

    answer = await client.get(f"{LIST}/liste.csv")

    assert answer.headers["content-disposition"] == 'attachment; filename="inscriptions-jn2027.csv"'
    assert answer.content.startswith("\N{BYTE ORDER MARK}Nom;Courriel".encode())
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["Nom"] for row in rows] == ["Zoé Émond", "Élie Roy", "'=HYPERLINK(1)", "Bob Tremblay"]
    assert [bool(row["Activités"]) for row in rows] == [True, True, True, False]


async def test_english_file_has_commas(client: httpx.AsyncClient, activity: Made):
    answer = await client.get(f"/en{LIST}/liste.csv")

    assert next(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[0] == "Name"


async def test_list_of_another_edition_shows_nobody_of_this_one(client: httpx.AsyncClient, activity: Made):
    other = await make_edition("autre2028")
    await organiser_signs_in(client, other)

    page = await client.get("/autre2028/organisation/inscriptions/")

    assert texts(page, "//tbody/tr/th") == []
