"""Alice writes what may be rented with a booth; what somebody has rented stays."""

import httpx
import pytest

from digital_days.kernel import database
from exhibitors.domain.ending import end_booking
from exhibitors.domain.extras import extras_of
from tests.exhibitors.bookable import book, open_fair
from tests.exhibitors.factories import make_extra
from tests.factories import Made, make_edition
from tests.scheduling.planning import errors_of, fields_of, found, organiser_signs_in, send, texts, typed
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")

LIST = "/jn2027/organisation/salon/supplements"
NOT_A_PRICE = "Écrivez un prix en dollars, par exemple 250,00; 0 si c’est gratuit, 10 000,00 $ au plus."


@pytest.fixture
async def edition(client: httpx.AsyncClient) -> Made:
    edition = await make_edition()
    await organiser_signs_in(client, edition)
    return edition


async def on_record() -> list[tuple[object, ...]]:
    rows = await database.fetch("SELECT name_fr, name_en, price_cents, stock FROM booth_extra ORDER BY position, id")
    return [tuple(row.values()) for row in rows]


async def names(edition: Made) -> list[str]:
    return [extra.name_fr for extra in await extras_of(edition.id)]


async def rented(edition: Made, *, taken: int = 2) -> tuple[Made, str]:
    """A table of which somebody has rented so many, and the booking."""
    fair = await open_fair(booths=1, exhibitors=1, edition=edition)
    extra = await make_extra(edition)
    return extra, await book(fair.exhibitors[0], fair.booths[0], {extra.code: taken})


@pytest.mark.parametrize(("stock", "kept"), [("", None), ("0", 0), ("12", 12)])
async def test_extra_is_added_as_it_was_typed(client: httpx.AsyncClient, edition: Made, stock: str, kept: int | None):
    page = await client.get(f"{LIST}/nouveau")
    form = typed(fields_of(page, "extra-form"), name_fr="Écran", name_en="Screen", price="49,99", stock=stock)

    answer = await send(client, f"{LIST}/nouveau", form)

    assert (answer.status_code, answer.headers["location"]) == (303, LIST)
    assert await on_record() == [("Écran", "Screen", 4_999, kept)]
    assert "Le supplément « Écran » est ajouté." in " ".join(texts(await client.get(LIST), "//main"))


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"name_fr": ""}, {"name_fr": "Ce renseignement est nécessaire."}),
        ({"name_en": "x" * 121}, {"name_en": "C’est trop long : 120 caractères au plus."}),
        ({"price": ""}, {"price": "Ce renseignement est nécessaire."}),
        ({"price": "cinq"}, {"price": NOT_A_PRICE}),
        ({"price": "10000,01"}, {"price": NOT_A_PRICE}),
        ({"stock": "-1"}, {"stock": "Écrivez un nombre entier, par exemple 40."}),
    ],
)
@pytest.mark.parametrize("new", [True, False], ids=["new", "known"])
async def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    client: httpx.AsyncClient, edition: Made, new: bool, wrong: dict[str, str], errors: dict[str, str]
):
    path = f"{LIST}/nouveau" if new else f"{LIST}/{(await make_extra(edition)).code}"
    before = await on_record()
    right = {"name_fr": "Écran", "price": "10", "stock": "7"}
    form = typed(fields_of(await client.get(path), "extra-form"), **{**right, **wrong})

    answer = await send(client, path, form)

    assert (answer.status_code, errors_of(answer)) == (422, errors)
    assert dict(fields_of(answer, "extra-form")) == dict(form)
    assert await on_record() == before


async def test_form_shows_an_extra_and_changes_it(client: httpx.AsyncClient, edition: Made):
    path = f"{LIST}/{(await make_extra(edition, price_cents=1_500, stock=3)).code}"

    form = fields_of(await client.get(path), "extra-form")
    answer = await send(client, path, typed(form, price="20", stock=""))

    shown = dict(form)
    assert (shown["name_fr"], shown["price"], shown["stock"]) == ("Table", "15,00", "3")
    assert (answer.status_code, await on_record()) == (303, [("Table", "", 2_000, None)])


async def test_there_are_never_fewer_than_are_rented(client: httpx.AsyncClient, edition: Made):
    extra, _booking = await rented(edition, taken=2)
    path = f"{LIST}/{extra.code}"
    page = await client.get(path)

    refused = await send(client, path, typed(fields_of(page, "extra-form"), stock="1"))
    kept = await on_record()
    saved = await send(client, path, typed(fields_of(refused, "extra-form"), stock="2"))

    assert "2 sont déjà loués." in " ".join(texts(page, "//p[@id='field-stock-help']"))
    assert (refused.status_code, errors_of(refused)) == (
        422,
        {"stock": "Les exposants en louent déjà 2 : le nombre ne peut pas être plus petit."},
    )
    assert (kept, saved.status_code, await on_record()) == (
        [("Table", "", 1_500, 3)],
        303,
        [("Table", "", 1_500, 2)],
    )


async def test_price_of_what_is_rented_stays(client: httpx.AsyncClient, edition: Made):
    extra, _booking = await rented(edition)
    path = f"{LIST}/{extra.code}"

    await send(client, path, typed(fields_of(await client.get(path), "extra-form"), price="99"))

    assert [row["price_cents"] for row in await database.fetch("SELECT price_cents FROM booking_extra")] == [1_500]


async def test_whoever_has_not_seen_what_another_wrote_sees_it_first(client: httpx.AsyncClient, edition: Made):
    path = f"{LIST}/{(await make_extra(edition)).code}"
    form = typed(fields_of(await client.get(path), "extra-form"), name_fr="Grande table", price="15")
    await database.fetch("UPDATE booth_extra SET stock = 5")

    told = await send(client, path, form)
    between = await on_record()
    saved = await send(client, path, fields_of(told, "extra-form"))

    assert (told.status_code, saved.status_code) == (409, 303)
    assert texts(told, "//dl[@class='definitions']/div") == ["Nom du supplément Table", "Combien en tout 5"]
    assert between == [("Table", "", 1_500, 5)]
    assert await on_record() == [("Grande table", "", 1_500, 3)]


async def test_renting_one_disturbs_nobody_who_writes(client: httpx.AsyncClient, edition: Made):
    path = f"{LIST}/{(await make_extra(edition)).code}"
    form = typed(fields_of(await client.get(path), "extra-form"), name_fr="Grande table")
    await database.fetch("UPDATE booth_extra SET taken = 1")

    answer = await send(client, path, form)

    assert (answer.status_code, await names(edition)) == (303, ["Grande table"])


async def test_extras_stand_in_the_order_that_was_chosen(client: httpx.AsyncClient, edition: Made):
    made = {name: await make_extra(edition, name) for name in "ABC"}
    path = f"{LIST}/{made['C'].code}"
    form = fields_of(await client.get(path), "extra-form")

    await send(client, path, typed(form, after=made["A"].code))
    second = await names(edition)
    await send(client, path, typed(form, after=""))

    assert dict(form)["after"] == made["B"].code
    assert (second, await names(edition)) == (["A", "C", "B"], ["C", "A", "B"])


async def test_list_says_how_many_are_rented(client: httpx.AsyncClient, edition: Made):
    await rented(edition, taken=2)
    await make_extra(edition, "Prise", price_cents=0, stock=None)

    page = await client.get(LIST)

    assert texts(page, "//tbody/tr") == ["Table 15,00 $ 2 sur 3 Enlever", "Prise Gratuit 0, sans limite Enlever"]


async def test_list_takes_as_many_statements_for_three_extras_as_for_one(client: httpx.AsyncClient, edition: Made):
    await make_extra(edition, "A")
    async with counted_statements() as for_one:
        await client.get(LIST)
    for name in "BC":
        await make_extra(edition, name)
    async with counted_statements() as for_three:
        await client.get(LIST)

    assert len(for_one) == len(for_three)


async def test_extra_that_nobody_has_rented_goes_with_one_button(client: httpx.AsyncClient, edition: Made):
    path = f"{LIST}/{(await make_extra(edition)).code}/enlever"

    page = await client.get(path)
    answer = await send(client, path, fields_of(page, "extra-removal"))

    assert "Personne ne l’a loué" in page.text
    assert (answer.status_code, await names(edition)) == (303, [])
    said = await client.get(LIST)
    assert "Le supplément est enlevé." in said.text
    assert "Aucun supplément encore" in said.text


@pytest.mark.parametrize("over", [False, True], ids=["rented now", "rented once"])
async def test_extra_that_somebody_has_rented_stays(client: httpx.AsyncClient, edition: Made, over: bool):
    extra, booking = await rented(edition)
    if over:
        await end_booking(booking)
    path = f"{LIST}/{extra.code}/enlever"

    page = await client.get(path)
    answer = await send(client, path, [])

    said = " ".join(texts(page, "//div[contains(@class, 'notice--warning')]"))
    assert ("écrivez 0 comme quantité" in said, "2 sont loués" in said) == (over, not over)
    assert found(page, "//main//form") == []
    assert (answer.status_code, await names(edition)) == (409, ["Table"])
    assert "Des exposants ont loué ce supplément : il ne peut pas être enlevé." in " ".join(
        texts(answer, "//*[@role='alert']")
    )


@pytest.mark.parametrize("more", ["", "/enlever"])
@pytest.mark.parametrize("elsewhere", [True, False], ids=["of another edition", "of nobody"])
async def test_extra_that_is_not_of_this_edition_is_not_there(
    client: httpx.AsyncClient, edition: Made, more: str, elsewhere: bool
):
    there = await make_extra(await make_edition("cafe2028"), "Ailleurs")
    path = f"{LIST}/{there.code if elsewhere else 'personne'}{more}"

    answers = [await client.get(path), await send(client, path, [("name_fr", "x"), ("price", "1")])]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "Ailleurs" not in (await client.get(LIST)).text
    assert [row[0] for row in await on_record()] == ["Ailleurs"]
