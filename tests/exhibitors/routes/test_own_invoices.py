"""Bob sees what his exhibitor owes and how to pay; nobody but its people and its organisers opens an invoice."""

import httpx
import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.permissions import Role
from exhibitors.domain.invoices import Invoice
from tests.conftest import sign_in
from tests.desk_factories import MORNING, make_volunteer
from tests.exhibitors.billed import Fair, billed, make_fair
from tests.exhibitors.factories import make_exhibitor
from tests.factories import make_person
from tests.pdf_text import text_of
from tests.scheduling.planning import texts
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.stopped_at(MORNING):
        yield


def page_of(fair: Fair) -> str:
    return f"/jn2027/mon-kiosque/{fair.exhibitor.code}/factures"


def pdf_of(fair: Fair, invoice: Invoice) -> str:
    return f"{page_of(fair)}/{invoice.code}/facture.pdf"


async def test_exhibitor_sees_what_it_owes_and_how_to_pay(client: httpx.AsyncClient):
    fair = await make_fair()
    invoice = await billed(fair)
    await sign_in(client, fair.bob)

    page = await client.get(page_of(fair))

    [owed] = texts(page, "//section[contains(@class, 'amount-owed')]")
    assert owed.startswith("À payer : 287,44 $ JN2027-0001 : 287,44 $, au plus tard le 20 novembre 2027 Comment payer")
    assert "Par chèque, à l’ordre de la MRC d’Argenteuil." in owed
    assert "430, rue Grace Lachute (Québec) J8H 1M6" in owed
    assert texts(page, "//tbody/tr/th") == ["JN2027-0001"]
    assert f'href="{pdf_of(fair, invoice)}"' in page.text


async def test_exhibitor_that_has_paid_owes_nothing(client: httpx.AsyncClient):
    fair = await make_fair(price_cents=0)
    await sign_in(client, fair.bob)

    page = await client.get(page_of(fair))

    assert (page.status_code, "Aucune facture encore" in page.text) == (200, True)


async def test_members_and_organisers_open_the_pdf(client: httpx.AsyncClient):
    fair = await make_fair()
    invoice = await billed(fair)
    alice = await make_volunteer(fair.edition, Role.ORGANISER)
    opened = []
    for person in (fair.bob, alice):
        await sign_in(client, person)
        opened.append(await client.get(pdf_of(fair, invoice)))

    assert [answer.status_code for answer in opened] == [200, 200]
    assert opened[0].headers["content-disposition"] == 'inline; filename="facture-JN2027-0001.pdf"'
    assert opened[0].headers["cache-control"] == "private, no-store"
    assert "JN2027-0001" in text_of(opened[0].content)


async def test_to_everybody_else_there_is_no_such_invoice(client: httpx.AsyncClient):
    fair, abroad = await make_fair(), await make_fair(slug="cafe2028")
    invoice = await billed(fair)
    charlie = await make_person("Charlie Roy", "charlie@example.ca")
    other = await make_exhibitor(fair.edition, fair.category, charlie, name="Autre")
    volunteer = await make_volunteer(fair.edition, Role.DESK, "Dora")
    organises_elsewhere = await make_volunteer(abroad.edition, Role.ORGANISER, "Eve")
    through_their_own = f"/jn2027/mon-kiosque/{other.code}/factures/{invoice.code}/facture.pdf"

    statuses = []
    for person in (charlie, abroad.bob, volunteer, organises_elsewhere):
        await sign_in(client, person)
        statuses += [(await client.get(path)).status_code for path in (page_of(fair), pdf_of(fair, invoice))]
    await sign_in(client, charlie)
    foreign = await client.get(through_their_own)
    await sign_in(client, fair.bob)
    other_edition = await client.get(pdf_of(fair, invoice).replace("jn2027", "cafe2028"))

    assert set(statuses) == {404}
    assert (foreign.status_code, other_edition.status_code) == (404, 404)


async def test_stranger_signs_in_first(client: httpx.AsyncClient):
    fair = await make_fair()

    answer = await client.get(page_of(fair))

    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/connexion")


async def test_page_needs_no_more_queries_for_more_invoices(client: httpx.AsyncClient):
    fair = await make_fair()
    await billed(fair)
    await sign_in(client, fair.bob)
    await client.get(page_of(fair))
    async with counted_statements() as one:
        await client.get(page_of(fair))
    for price in (30_000, 40_000):
        await database.fetch("UPDATE booking SET price_cents = $1 WHERE id = $2", price, fair.booking.id)
        await billed(fair)

    async with counted_statements() as many:
        page = await client.get(page_of(fair))

    assert len(texts(page, "//tbody/tr")) == 3
    assert len(many) == len(one)
