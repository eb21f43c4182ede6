"""Alice says who sells: the two numbers as the governments write them, or a sentence beside the field."""

import httpx
import pytest

from digital_days.kernel import database
from tests.exhibitors.billed import make_seller
from tests.factories import Made, make_edition
from tests.scheduling.planning import errors_of, fields_of, organiser_signs_in, send, texts, typed

pytestmark = pytest.mark.usefixtures("db")

NOT_GST = "Écrivez 9 chiffres, RT et 4 chiffres, comme 123456789 RT0001."
PAGE = "/jn2027/organisation/salon/facturation"


@pytest.fixture
async def edition(client: httpx.AsyncClient) -> Made:
    edition = await make_edition()
    await organiser_signs_in(client, edition)
    return edition


async def on_record() -> list[tuple[object, ...]]:
    columns = "seller_name, seller_address, gst_number, qst_number, terms_fr, days_to_pay"
    return [tuple(row.values()) for row in await database.fetch(f"SELECT {columns} FROM fair_billing")]


async def test_seller_is_kept_with_numbers_as_they_are_printed(client: httpx.AsyncClient, edition: Made):
    page = await client.get(PAGE)
    fields = typed(
        fields_of(page, "form"),
        seller_name="MRC d’Argenteuil",
        seller_address="430, rue Grace\r\nLachute",
        gst_number="123456789rt0001",
        qst_number="1234567890-TQ-0001",
        terms_fr="Par chèque.",
        days_to_pay="45",
    )

    answer = await send(client, PAGE, fields)

    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    assert await on_record() == [
        ("MRC d’Argenteuil", "430, rue Grace\nLachute", "123456789 RT0001", "1234567890 TQ0001", "Par chèque.", 45)
    ]
    again = await client.get(PAGE)
    assert 'value="123456789 RT0001"' in again.text
    assert "Aucune facture ne peut être faite" not in again.text


async def test_page_says_what_is_missing(client: httpx.AsyncClient, edition: Made):
    await make_seller(edition, qst_number="")

    page = await client.get(PAGE)

    assert texts(page, "//div[contains(@class, 'notice--warning')]//p") == [
        "Aucune facture ne peut être faite",
        "Il manque encore : le numéro de TVQ.",
    ]


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        (
            {"gst_number": "12345678 RT0001"},
            {"gst_number": "Écrivez 9 chiffres, RT et 4 chiffres, comme 123456789 RT0001."},
        ),
        (
            {"gst_number": "123456789 TQ0001"},
            {"gst_number": "Écrivez 9 chiffres, RT et 4 chiffres, comme 123456789 RT0001."},
        ),
        (
            {"qst_number": "123456789 TQ0001"},
            {"qst_number": "Écrivez 10 chiffres, TQ et 4 chiffres, comme 1234567890 TQ0001."},
        ),
        ({"days_to_pay": "-3"}, {"days_to_pay": "Écrivez un nombre entier, par exemple 40."}),
        ({"days_to_pay": "366"}, {"days_to_pay": "C’est trop : 365 jours au plus."}),
        ({"seller_address": "x" * 401}, {"seller_address": "C’est trop long : 400 caractères au plus."}),
    ],
)
async def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    client: httpx.AsyncClient, edition: Made, wrong: dict[str, str], errors: dict[str, str]
):
    fields = typed(fields_of(await client.get(PAGE), "form"), seller_name="MRC", **wrong)

    answer = await send(client, PAGE, fields)

    assert (answer.status_code, errors_of(answer)) == (422, errors)
    assert 'value="MRC"' in answer.text
    assert next(iter(wrong.values())) in answer.text
    assert await on_record() == []


async def test_whoever_has_not_seen_what_another_wrote_sees_it_first(client: httpx.AsyncClient, edition: Made):
    fields = fields_of(await client.get(PAGE), "form")
    await make_seller(edition)

    answer = await send(client, PAGE, typed(fields, seller_name="Ville de Lachute"))
    compared = await send(client, PAGE, typed(fields_of(answer, "form"), days_to_pay="10"))

    assert answer.status_code == 409
    assert "MRC d’Argenteuil" in answer.text
    assert 'value="Ville de Lachute"' in answer.text
    assert (compared.status_code, (await on_record())[0][0]) == (303, "Ville de Lachute")
