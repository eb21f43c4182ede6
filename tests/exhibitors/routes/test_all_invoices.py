"""The organisers' list: what waits, what is owed, found by words, the same as a file that runs nothing."""

import csv
import io
from datetime import timedelta

import httpx
import openpyxl
import pytest

from digital_days.kernel import clock, database
from exhibitors.domain.billing import bill, bill_waiting
from exhibitors.domain.credit_notes import Credited, credit_invoice
from exhibitors.domain.invoices import invoice_called, invoices_of
from exhibitors.domain.payments import Received, record_payment
from tests.desk_factories import MORNING
from tests.exhibitors.billed import Fair, another_exhibitor, billed, make_fair, make_seller, move
from tests.letters_read import promised
from tests.scheduling.planning import organiser_signs_in, texts
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")

PAGE = "/jn2027/organisation/salon/factures"


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.stopped_at(MORNING):
        yield


async def signed_in_fair(client: httpx.AsyncClient, *, seller: bool = True) -> Fair:
    fair = await make_fair(seller=seller)
    await organiser_signs_in(client, fair.edition)
    return fair


async def three_invoices(client: httpx.AsyncClient) -> Fair:
    """Late; paid; of a name that a spreadsheet would run, and credited in part."""
    fair = await signed_in_fair(client)
    with clock.stopped_at(MORNING - timedelta(days=40)):
        await billed(fair)
    _paid, booking = await another_exhibitor(fair, "Électro Zoé", "B1", price_cents=10_000)
    code = await bill(booking.id) or ""
    await record_payment(
        fair.edition.id, code, Received(amount_cents=11_498, method="cash", received_on=MORNING.date())
    )
    _named, booking = await another_exhibitor(fair, "=HYPERLINK(1)", "B2", price_cents=20_000)
    code = await bill(booking.id) or ""
    await credit_invoice(fair.edition.id, code, Credited(subtotal_cents=5000, reason="Geste"), key="KKKKKKKKKK")
    return fair


async def test_list_has_all_numbers_with_their_states_and_totals(client: httpx.AsyncClient):
    await three_invoices(client)

    page = await client.get(PAGE)

    assert texts(page, "//tbody/tr/th") == ["JN2027-0004", "JN2027-0003", "JN2027-0002", "JN2027-0001"]
    assert texts(page, "//tbody/tr/td[last()]") == ["Note de crédit", "À payer", "Payée", "En retard"]
    assert texts(page, "//tbody/tr/td[5]") == ["", "172,46 $", "0,00 $", "287,44 $"]
    # 287,44 + 114,98 + 229,95 - 57,49
    assert texts(page, "//p[@class='stat-value']") == ["574,88 $", "114,98 $", "459,90 $", "287,44 $"]


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("a-payer", ["JN2027-0003", "JN2027-0001"]),
        ("en-retard", ["JN2027-0001"]),
        ("payees", ["JN2027-0002"]),
        ("a-rembourser", []),
        ("credits", ["JN2027-0004"]),
        ("autre", ["JN2027-0004", "JN2027-0003", "JN2027-0002", "JN2027-0001"]),
    ],
)
async def test_list_shows_one_state(client: httpx.AsyncClient, part: str, found: list[str]):
    await three_invoices(client)

    page = await client.get(f"{PAGE}?etat={part}")

    assert texts(page, "//tbody/tr/th") == found


@pytest.mark.parametrize(
    ("words", "found"), [("zoe electro", ["JN2027-0002"]), ("jn2027 0001", ["JN2027-0001"]), ("personne", [])]
)
async def test_invoice_is_found_by_number_or_name(client: httpx.AsyncClient, words: str, found: list[str]):
    await three_invoices(client)

    page = await client.post(PAGE, data={"q": words})

    assert (texts(page, "//tbody/tr/th"), "zoe" in str(page.url)) == (found, False)


async def test_list_needs_no_more_queries_for_more_rows(client: httpx.AsyncClient):
    fair = await signed_in_fair(client)
    await billed(fair)
    await client.get(PAGE)
    async with counted_statements() as one:
        await client.get(PAGE)
    for number in range(1, 4):
        await another_exhibitor(fair, f"Atelier {number}", f"B{number}")
    await bill_waiting(fair.edition.id)
    for number in range(4, 6):
        await another_exhibitor(fair, f"Atelier {number}", f"B{number}")

    async with counted_statements() as many:
        page = await client.get(PAGE)

    assert len(texts(page, "//tbody/tr")) == 6
    assert len(many) == len(one)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_file_has_amounts_as_numbers_and_runs_nothing(client: httpx.AsyncClient, kind: str):
    await three_invoices(client)

    answer = await client.get(f"{PAGE}/liste/{kind}")

    assert answer.headers["content-disposition"] == f'attachment; filename="factures-jn2027.{kind}"'
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        assert rows[3][:6] == ["JN2027-0003", "Facture", "2027-10-21", "2027-11-20", "'=HYPERLINK(1)", "'=HYPERLINK(1)"]
        assert rows[4][6:10] == ["-50,00", "-2,50", "-4,99", "-57,49"]
        assert (rows[4][13], rows[4][14:]) == ("Note de crédit", ["JN2027-0003", "Geste"])
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        assert sheet
        cells = list(sheet.iter_rows(min_row=4, max_row=5))
        assert (cells[0][4].value, cells[0][4].data_type) == ("=HYPERLINK(1)", "s")
        assert [cell.value for cell in cells[1][6:10]] == [-50, -2.5, -4.99, -57.49]


async def test_file_has_the_state_that_was_chosen(client: httpx.AsyncClient):
    await three_invoices(client)

    answer = await client.get(f"{PAGE}/liste/csv?etat=payees")

    assert [row.partition(";")[0] for row in answer.text.splitlines()[1:]] == ["JN2027-0002"]


async def test_what_waits_is_listed_with_what_is_missing_and_has_no_button(client: httpx.AsyncClient):
    fair = await signed_in_fair(client, seller=False)

    page = await client.get(PAGE)

    assert texts(page, "//section[contains(@class, 'unbilled')]//tbody/tr") == [
        "Atelier du Nord A1 250,00 $ 0,00 $ Facturer 250,00 $"
    ]
    [warning] = texts(page, "//div[contains(@class, 'notice--warning')]")
    assert "le nom du vendeur, l’adresse du vendeur, le numéro de TPS, le numéro de TVQ" in warning
    assert "Facturer tout ce qui attend" not in page.text
    assert (await client.post(f"{PAGE}/facturer")).status_code == 303
    assert await invoices_of(fair.edition.id) == []


async def test_one_button_bills_all_that_waits(client: httpx.AsyncClient):
    fair = await signed_in_fair(client, seller=False)
    await another_exhibitor(fair, "Zoé", "B1")
    await make_seller(fair.edition)
    before = await client.get(PAGE)

    answer = await client.post(f"{PAGE}/facturer")
    after = await client.get(PAGE)

    assert "Facturer tout ce qui attend" in before.text
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    assert "2 factures sont faites." in after.text
    assert texts(after, "//section[contains(@class, 'unbilled')]") == []
    assert len(await promised("exhibitors.invoice")) == 1


async def test_cheaper_booth_leads_to_the_invoice_that_may_be_credited(client: httpx.AsyncClient):
    fair = await signed_in_fair(client)
    invoice = await billed(fair)
    await move(fair, fair.booking, "B1", price_cents=10_000)

    page = await client.get(PAGE)
    path = f"{PAGE}/{invoice.code}"
    form = await client.get(path)

    assert f'href="{path}#crediter"' in page.text
    assert "Créditer 150,00 $, ou non" in page.text.replace("\N{NO-BREAK SPACE}", " ")
    assert 'name="credit_amount" type="text" value="150,00"' in form.text


async def test_list_of_another_edition_shows_nothing_of_this_one(client: httpx.AsyncClient):
    fair = await make_fair(slug="cafe2028")
    invoice = await billed(fair)
    await database.fetch("UPDATE exhibitor SET name = 'Étranger'")
    own = await signed_in_fair(client)
    await database.fetch("UPDATE booking SET price_cents = 0 WHERE id = $1", own.booking.id)

    answers = [await client.get(path) for path in (PAGE, f"{PAGE}/liste/csv", f"{PAGE}/{invoice.code}")]

    assert ["Étranger" in answer.text for answer in answers] == [False, False, False]
    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert (await invoice_called(fair.edition.id, invoice.code)).code == invoice.code
