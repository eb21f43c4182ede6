"""An exhibitor's list of leads: first names, what is shared, notes, and a file of what is shared alone."""

import io

import httpx
import pytest
from openpyxl import load_workbook

from digital_days.kernel import database
from exhibitors.domain.leads import lead_called
from exhibitors.domain.sharing import refuse
from tests.conftest import sign_in
from tests.exhibitors.factories import make_category, make_exhibitor
from tests.exhibitors.met import Fair, make_met_fair, make_visitor, met, phone_of, shared
from tests.factories import make_person
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
async def fair(client: httpx.AsyncClient) -> Fair:
    made = await make_met_fair()
    await sign_in(client, made.alice)
    return made


async def lines_of(client: httpx.AsyncClient, fair: Fair) -> list[list[str]]:
    answer = await client.get(f"{fair.space}/contacts/fichier/csv")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return [line.split(";") for line in answer.text.removeprefix("\N{BYTE ORDER MARK}").splitlines()]


async def version_of(fair: Fair, lead: str) -> str:
    return (await lead_called(fair.exhibitor.id, lead)).version


async def test_list_shows_first_names_until_somebody_shares(client: httpx.AsyncClient, fair: Fair):
    zoe = await make_visitor(fair.edition, "Zoé Larocque", "zoe@example.ca")
    hidden, open_lead = await met(fair), await shared(fair, zoe)

    listed = await client.get(f"{fair.space}/contacts")
    one = await client.get(f"{fair.space}/contacts/{hidden}")
    other = await client.get(f"{fair.space}/contacts/{open_lead}")

    assert ("Bob" in listed.text, "Tremblay" in listed.text, "bob@" in listed.text) == (True, False, False)
    assert ("Zoé Larocque" in listed.text, "zoe@example.ca" in listed.text) == (True, True)
    assert ("N’a pas encore répondu" in listed.text, "Partage ses coordonnées" in listed.text) == (True, True)
    assert ("Tremblay" in one.text, "bob@" in one.text) == (False, False)
    assert ("Zoé Larocque" in other.text, "zoe@example.ca" in other.text) == (True, True)


async def test_withdrawal_hides_name_and_address_at_once_from_pages_and_files(client: httpx.AsyncClient, fair: Fair):
    lead = await shared(fair)
    before = await lines_of(client, fair)

    await refuse(lead, registration=fair.bob.code)

    pages = [await client.get(f"{fair.space}/contacts{rest}") for rest in ("", f"/{lead}")]
    assert [("Tremblay" in page.text, "bob@" in page.text) for page in pages] == [(False, False)] * 2
    assert ["A retiré son accord" in page.text for page in pages] == [True, True]
    assert before[1][:2] == ["Bob Tremblay", "bob@example.ca"]
    assert len(await lines_of(client, fair)) == 2
    assert [word in str(await lines_of(client, fair)) for word in ("Tremblay", "bob@")] == [False, False]


async def test_file_holds_what_is_shared_tells_the_rest_and_runs_nothing(client: httpx.AsyncClient, fair: Fair):
    lead = await shared(fair)
    for name in ("Zoé Roy", "Ivo Roy"):
        await met(fair, await make_visitor(fair.edition, name, f"{name[:3].lower()}@example.ca".replace("é", "e")))
    await client.post(
        f"{fair.space}/contacts/{lead}",
        data={
            "note": '=HYPERLINK("http://x")',
            "interest": "2",
            "next_step": "meeting",
            "version": await version_of(fair, lead),
        },
    )

    head, row, rest = await lines_of(client, fair)
    book = load_workbook(io.BytesIO((await client.get(f"{fair.space}/contacts/fichier/xlsx")).content))

    assert head == ["Nom", "Courriel", "Rencontre", "Accord donné", "Intérêt", "Suite souhaitée", "Note"]
    assert (row[:2], row[4:6]) == (["Bob Tremblay", "bob@example.ca"], ["Moyen", "Fixer une rencontre"])
    assert row[6].strip('"').startswith("'=HYPERLINK")
    assert rest[0].startswith("2 autres visiteurs rencontrés ne sont pas dans ce fichier")
    assert book.active
    cells = list(book.active.iter_rows(values_only=True))
    assert (len(cells), cells[1][0], cells[1][6]) == (3, "Bob Tremblay", '=HYPERLINK("http://x")')
    assert book.active.cell(2, 7).data_type == "s"


async def test_file_with_nothing_shared_says_so(client: httpx.AsyncClient, fair: Fair):
    await met(fair)

    _head, rest = await lines_of(client, fair)

    assert rest[0].startswith("1 autre visiteur rencontré n’est pas dans ce fichier")


async def test_notes_interest_and_next_step_are_kept_and_facts_are_asked_for(client: httpx.AsyncClient, fair: Fair):
    lead = await met(fair)
    path, version = f"{fair.space}/contacts/{lead}", await version_of(fair, lead)
    page = await client.get(path)

    saved = await client.post(
        path,
        data={"note": "Veut un prix pour 3 postes.", "interest": "3", "next_step": "documents", "version": version},
    )

    known = await lead_called(fair.exhibitor.id, lead)
    assert "Des faits de votre rencontre seulement" in page.text
    assert (saved.status_code, known.note, known.interest, known.next_step) == (
        303,
        "Veut un prix pour 3 postes.",
        3,
        "documents",
    )


async def test_second_colleague_is_told_and_loses_nothing(client: httpx.AsyncClient, fair: Fair):
    lead = await met(fair)
    path, version = f"{fair.space}/contacts/{lead}", await version_of(fair, lead)
    data = {"note": "De la première personne", "interest": "1", "next_step": "call", "version": version}
    await client.post(path, data=data)

    second = await client.post(path, data={**data, "note": "De la deuxième personne"})
    third = await client.post(
        path, data={**data, "note": "De la deuxième personne", "version": await version_of(fair, lead)}
    )

    assert second.status_code == 409
    assert ["De la première personne" in second.text, "De la deuxième personne" in second.text] == [True, True]
    assert (third.status_code, (await lead_called(fair.exhibitor.id, lead)).note) == (303, "De la deuxième personne")


@pytest.mark.parametrize(
    ("field", "value"), [("interest", "9"), ("interest", "beaucoup"), ("next_step", "dance"), ("note", "x" * 2001)]
)
async def test_bad_notes_are_told_beside_their_field(client: httpx.AsyncClient, fair: Fair, field: str, value: str):
    lead = await met(fair)
    good = {"note": "Bonne rencontre", "interest": "1", "next_step": "call", "version": await version_of(fair, lead)}

    answer = await client.post(f"{fair.space}/contacts/{lead}", data={**good, field: value})

    assert (answer.status_code, f'id="field-{field}-error"' in answer.text) == (422, True)
    assert (await lead_called(fair.exhibitor.id, lead)).note == ""


async def test_list_is_narrowed_and_counted_by_day(client: httpx.AsyncClient, fair: Fair):
    zoe = await make_visitor(fair.edition, "Zoé Larocque", "zoe@example.ca")
    first, second = await met(fair), await shared(fair, zoe)
    await database.fetch(
        "UPDATE lead SET scanned_at = '2027-10-21 15:00+00', next_step = 'call', interest = 3 WHERE code = $1", first
    )
    await database.fetch("UPDATE lead SET scanned_at = '2027-10-22 15:00+00' WHERE code = $1", second)

    async def names(query: str) -> list[bool]:
        page = await client.get(f"{fair.space}/contacts?{query}")
        return [name in page.text for name in ("Bob", "Zoé Larocque")]

    everybody = await client.get(f"{fair.space}/contacts")
    assert [await names(query) for query in ("", "partage=oui", "partage=non", "suite=call", "interet=3")] == [
        [True, True],
        [False, True],
        [True, False],
        [True, False],
        [True, False],
    ]
    assert await names("suite=dance&page=x") == [False, False]
    days = everybody.text.partition('class="lead-days"')[2].partition("</ul>")[0].replace("\N{NO-BREAK SPACE}", " ")
    assert [f"{day} octobre 2027 : 1</li>" in days for day in (21, 22)] == [True, True]


async def test_leads_of_another_exhibitor_do_not_exist(client: httpx.AsyncClient, fair: Fair):
    charlie = await make_person("Charlie Roy", "charlie@example.ca")
    foreign = await make_exhibitor(fair.edition, await make_category(fair.edition), charlie, name="Ailleurs inc.")
    lead = await met(fair, phone=(await phone_of(fair, foreign, charlie))[1])
    theirs = f"/jn2027/mon-kiosque/{foreign.code}/contacts"

    answers = [
        await client.get(theirs),
        await client.get(f"{theirs}/{lead}"),
        await client.get(f"{theirs}/fichier/csv"),
        await client.post(f"{theirs}/{lead}", data={"note": "x"}),
        await client.get(f"{fair.space}/contacts/{lead}"),
        await client.post(f"{fair.space}/contacts/{lead}", data={"note": "x"}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 6
    [row] = await database.fetch("SELECT note FROM lead")
    assert row["note"] == ""


async def test_list_needs_as_many_statements_for_one_lead_as_for_three(client: httpx.AsyncClient, fair: Fair):
    await met(fair)
    async with counted_statements(remembering=True) as one:
        await client.get(f"{fair.space}/contacts")
    for number in range(2):
        await shared(fair, await make_visitor(fair.edition, f"Zoé{number} Roy", f"zoe{number}@example.ca"))

    async with counted_statements(remembering=True) as three:
        await client.get(f"{fair.space}/contacts")

    assert len(one) == len(three)
