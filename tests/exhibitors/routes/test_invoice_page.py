"""Alice notes payments and makes credit notes; what is wrong is told beside its field, nothing is lost."""

from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock
from exhibitors.domain.invoices import Invoice, invoice_called, invoices_of
from exhibitors.domain.payments import payments_of
from tests.desk_factories import MORNING
from tests.exhibitors.billed import Fair, billed, make_fair
from tests.factories import Made
from tests.scheduling.planning import errors_of, found, organiser_signs_in, texts

pytestmark = pytest.mark.usefixtures("db")

PAYMENT = {"amount": "100", "received_on": "2027-10-20", "method": "cheque", "reference": "No 123", "way": "in"}
CREDIT = {"credit": "part", "credit_amount": "50,00", "reason": "Prise en panne."}


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.stopped_at(MORNING):
        yield


@pytest.fixture
async def fair(client: httpx.AsyncClient) -> Fair:
    fair = await make_fair()
    await organiser_signs_in(client, fair.edition)
    return fair


@pytest.fixture
async def invoice(fair: Fair) -> Invoice:
    return await billed(fair)


def path_of(invoice: Invoice, rest: str = "") -> str:
    return f"/jn2027/organisation/salon/factures/{invoice.code}{rest}"


async def pay(client: httpx.AsyncClient, invoice: Invoice, **changes: str) -> httpx.Response:
    return await client.post(path_of(invoice, "/paiements"), data={**PAYMENT, **changes})


async def give_credit(client: httpx.AsyncClient, invoice: Invoice, **changes: str) -> httpx.Response:
    return await client.post(path_of(invoice, "/credits"), data={**CREDIT, **changes})


async def again(edition: Made, invoice: Invoice) -> Invoice:
    return await invoice_called(edition.id, invoice.code)


async def test_page_says_what_is_billed_and_proposes_what_is_left(client: httpx.AsyncClient, invoice: Invoice):
    page = await client.get(path_of(invoice))

    assert texts(page, "//tfoot/tr/td") == ["250,00 $", "12,50 $", "24,94 $", "287,44 $"]
    assert texts(page, "//p[@class='invoice-state']") == [
        "À payer Il reste 287,44 $ à payer, au plus tard le 20 novembre 2027."
    ]
    assert found(page, "//input[@name='amount']/@value") == ["287,44"]
    assert found(page, "//input[@name='received_on']/@value") == ["2027-10-21"]
    assert page.headers["cache-control"] == "no-store"


async def test_payment_in_part_is_noted_and_what_is_left_is_told(
    client: httpx.AsyncClient, fair: Fair, invoice: Invoice
):
    answer = await pay(client, invoice, amount="1 00,00 $")
    page = await client.get(answer.headers["location"])

    assert (answer.status_code, answer.headers["location"]) == (303, path_of(invoice))
    assert "C’est noté. Il reste 187,44 $ à payer." in page.text.replace("\N{NO-BREAK SPACE}", " ")
    assert texts(page, "//tbody/tr")[-1] == (
        "20 octobre 2027 100,00 $ Chèque No 123 Alice Roy Annuler le paiement de 100,00 $"
    )
    assert (await again(fair.edition, invoice)).state_in_words == "Payée en partie"


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"amount": "-5"}, {"amount": "Écrivez un montant en dollars, par exemple 287,44."}),
        ({"amount": "beaucoup"}, {"amount": "Écrivez un montant en dollars, par exemple 287,44."}),
        ({"amount": "1,234,5"}, {"amount": "Écrivez un montant en dollars, par exemple 287,44."}),
        ({"amount": "0"}, {"amount": "Écrivez un montant en dollars, par exemple 287,44."}),
        ({"amount": ""}, {"amount": "Ce renseignement est nécessaire."}),
        (
            {"received_on": "2027-10-22"},
            {"received_on": "Cette date est dans l’avenir : écrivez le jour où l’argent est arrivé."},
        ),
        ({"received_on": "hier"}, {"received_on": "Écrivez une date complète, par exemple 2027-10-21."}),
        ({"method": "coquillages"}, {"method": "Cette réponse ne convient pas."}),
        ({"way": "out"}, {"amount": "C’est plus que ce qui a été reçu pour cette facture : 0,00 $."}),
        ({"reference": "x" * 121}, {"reference": "C’est trop long : 120 caractères au plus."}),
    ],
)
async def test_wrong_payment_is_told_and_not_noted(
    client: httpx.AsyncClient, invoice: Invoice, wrong: dict[str, str], errors: dict[str, str]
):
    answer = await pay(client, invoice, **wrong)

    assert (answer.status_code, errors_of(answer)) == (422, errors)
    assert found(answer, "//input[@name='reference']/@value") == [wrong.get("reference", "No 123")]
    assert await payments_of(invoice) == []


async def test_more_than_is_owed_is_confirmed_first(client: httpx.AsyncClient, fair: Fair, invoice: Invoice):
    asked = await pay(client, invoice, amount="300")
    confirmed = await pay(client, invoice, amount="300", more="yes")
    page = await client.get(path_of(invoice))

    assert (asked.status_code, errors_of(asked)) == (
        422,
        {"more": "C’est 12,56 $ de plus que ce qui reste à payer. Vérifiez le montant, puis confirmez-le."},
    )
    assert found(asked, "//input[@name='more']/@checked") == []
    assert confirmed.status_code == 303
    assert "12,56 $ ont été payés en trop" in page.text.replace("\N{NO-BREAK SPACE}", " ")
    assert (await again(fair.edition, invoice)).state_in_words == "À rembourser"


async def test_form_sent_twice_notes_one_payment(client: httpx.AsyncClient, invoice: Invoice):
    [key] = found(await client.get(path_of(invoice)), "//input[@name='key']/@value")

    for _twice in (1, 2):
        await pay(client, invoice, key=key)

    assert [payment.code for payment in await payments_of(invoice)] == [key]


async def test_key_that_is_none_or_somebody_elses_does_no_harm(client: httpx.AsyncClient, fair: Fair, invoice: Invoice):
    odd = await pay(client, invoice, key="' OR 1=1")
    foreign = await give_credit(client, invoice, credit_key=invoice.code)

    assert (odd.status_code, foreign.status_code) == (303, 409)
    assert len(await invoices_of(fair.edition.id)) == 1


async def test_cancelled_payment_stays_on_the_page_with_who_and_when(
    client: httpx.AsyncClient, fair: Fair, invoice: Invoice
):
    await pay(client, invoice)
    [payment] = await payments_of(invoice)

    answer = await client.post(path_of(invoice, f"/paiements/{payment.code}/annuler"))
    page = await client.get(path_of(invoice))

    assert answer.status_code == 303
    assert texts(page, "//tbody/tr")[-1] == (
        "20 octobre 2027 100,00 $ Chèque No 123 Alice Roy Annulé par Alice Roy, 21 octobre 2027"
    )
    assert texts(page, "//s") == ["100,00 $"]
    assert (await again(fair.edition, invoice)).balance_cents == 28_744
    assert (await client.post(path_of(invoice, "/paiements/XXXXXXXXXX/annuler"))).status_code == 404


async def test_credit_note_in_part_has_its_own_page_and_shows_on_the_invoice(
    client: httpx.AsyncClient, fair: Fair, invoice: Invoice
):
    answer = await give_credit(client, invoice)
    note = await client.get(answer.headers["location"])
    page = await client.get(path_of(invoice))

    assert answer.status_code == 303
    assert texts(note, "//h1") == ["Note de crédit JN2027-0002"]
    assert texts(note, "//tfoot/tr/td")[-1] == "−57,49 $"
    assert "Prise en panne." in note.text
    assert found(note, "//form[contains(@action, 'paiements') or contains(@action, 'credits')]") == []
    assert texts(page, "//section[@id='crediter']/ul/li/a") == ["JN2027-0002"]
    assert "−57,49 $, 21 octobre 2027. Prise en panne." in texts(page, "//section[@id='crediter']/ul/li")[0]


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        (
            {"credit_amount": "250,01"},
            {"credit_amount": "C’est plus que ce qui peut encore être crédité : 250,00 $ avant les taxes."},
        ),
        ({"credit_amount": "-1"}, {"credit_amount": "Écrivez un montant en dollars, par exemple 287,44."}),
        ({"credit_amount": ""}, {"credit_amount": "Ce renseignement est nécessaire."}),
        ({"reason": " "}, {"reason": "Ce renseignement est nécessaire."}),
        ({"reason": "x" * 501}, {"reason": "C’est trop long : 500 caractères au plus."}),
        ({"credit": "double"}, {"credit": "Cette réponse ne convient pas."}),
    ],
)
async def test_wrong_credit_is_told_and_not_written(
    client: httpx.AsyncClient, fair: Fair, invoice: Invoice, wrong: dict[str, str], errors: dict[str, str]
):
    answer = await give_credit(client, invoice, **wrong)

    assert (answer.status_code, errors_of(answer)) == (422, errors)
    assert len(await invoices_of(fair.edition.id)) == 1


async def test_whole_credit_leaves_nothing_more_to_credit(client: httpx.AsyncClient, fair: Fair, invoice: Invoice):
    first = await give_credit(client, invoice, credit="whole", credit_amount="")
    second = await give_credit(client, invoice, credit="whole", credit_amount="")

    assert (first.status_code, second.status_code) == (303, 422)
    assert "Cette facture est déjà créditée en entier." in second.text
    assert [each.total_cents for each in await invoices_of(fair.edition.id)] == [-28_744, 28_744]


async def test_late_invoice_says_so(client: httpx.AsyncClient, fair: Fair):
    with clock.stopped_at(MORNING - timedelta(days=40)):
        invoice = await billed(fair)

    page = await client.get(path_of(invoice))

    assert texts(page, "//p[@class='invoice-state']/span") == ["En retard"]


async def test_invoice_of_another_edition_is_not_there(client: httpx.AsyncClient, fair: Fair):
    invoice = await billed(await make_fair(slug="cafe2028"))

    answers = [await client.get(path_of(invoice)), await pay(client, invoice), await give_credit(client, invoice)]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert await payments_of(invoice) == []
