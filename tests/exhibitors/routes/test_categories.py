"""The organisers' pages of categories and equipment: prices as people type them, order, and what is used stays."""

import asyncio

import httpx
import pytest

from digital_days.kernel.editions import edition_numbered
from exhibitors.domain.applications import Said, apply
from exhibitors.domain.categories import NoSuchCategory, categories_of
from exhibitors.domain.category_editing import CategoryInUse, CategoryTexts, add_category, remove_category
from exhibitors.domain.extra_editing import ExtraTexts, add_extra, extras_of
from tests.exhibitors.factories import make_booking, make_booth, make_category, make_exhibitor, make_fair
from tests.factories import Made, make_edition, make_person
from tests.scheduling.routes.catalogue_pages import alice_organises, errors, fields, rows, said
from tests.statements import counted_statements

CATEGORIES = "/jn2027/organisation/salon/categories"
EXTRAS = "/jn2027/organisation/salon/equipement"


async def rent(edition: Made, extra: str, quantity: int) -> None:
    """Somebody has booked a booth with some of it."""
    exhibitor = await make_exhibitor(edition, await make_category(edition))
    booking = await make_booking(await make_booth(edition), exhibitor)
    await rows(
        """
        INSERT INTO booking_extra (booking, extra, quantity, price_cents)
        SELECT $1, id, $3, price_cents FROM booth_extra WHERE code = $2
        """,
        booking.id,
        extra,
        quantity,
    )
    await rows("UPDATE booth_extra SET taken = $2 WHERE code = $1", extra, quantity)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("price", "cents"), [("250,00", 25_000), ("1 250.5 $", 125_050), ("0", 0), ("250", 25_000)])
async def test_category_is_added_with_a_price_as_people_type_it(client: httpx.AsyncClient, price: str, cents: int):
    edition = await alice_organises(client)
    filled = {**fields(await client.get(f"{CATEGORIES}/nouvelle")), "name_fr": "Fournisseurs", "price": price}

    answer = await client.post(f"{CATEGORIES}/nouvelle", data=filled)

    assert answer.status_code == 303
    assert await rows(
        "SELECT name_fr, price_cents, needs_insurance FROM fair_category WHERE edition = $1", edition.id
    ) == [("Fournisseurs", cents, True)]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("price", ["", "gratuit", "-5", "2,500,00", "12,345", "99999999"])
async def test_what_is_no_amount_is_refused_in_words_and_the_rest_is_kept(client: httpx.AsyncClient, price: str):
    await alice_organises(client)

    answer = await client.post(f"{CATEGORIES}/nouvelle", data={"name_fr": "Fournisseurs", "price": price})

    assert (answer.status_code, await rows("SELECT FROM fair_category")) == (422, [])
    assert errors(answer) in (
        ["Écrivez un montant, par exemple 250,00; 0 si c’est gratuit."],
        ["Ce renseignement est nécessaire."],
    )
    assert fields(answer)["name_fr"] == "Fournisseurs"


@pytest.mark.usefixtures("committed")
async def test_second_organiser_sees_what_the_first_wrote(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    category = await make_category(edition)
    path = f"{CATEGORIES}/{category.code}"
    opened = fields(await client.get(path), path)

    await client.post(path, data={**opened, "price": "300"})
    late = await client.post(path, data={**opened, "conditions_fr": "Deux chaises."})
    again = await client.post(path, data=fields(late, path))

    assert (late.status_code, again.status_code) == (409, 303)
    assert "Prix du kiosque, avant taxes 300,00" in said(late)
    assert fields(late, path)["conditions_fr"].strip() == "Deux chaises."
    assert await rows("SELECT price_cents, conditions_fr FROM fair_category") == [(25_000, "Deux chaises.")]


@pytest.mark.usefixtures("db")
async def test_categories_stand_in_the_order_that_organisers_wish(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    for name in ("A", "B", "C"):
        last = [category.code for category in await categories_of(edition.id)][-1:]
        await add_category(edition.id, CategoryTexts(name_fr=name), after="".join(last))
    first, _second, third = await categories_of(edition.id)
    path = f"{CATEGORIES}/{first.code}"

    await client.post(path, data={**fields(await client.get(path), path), "after": third.code})

    assert [category.name_fr for category in await categories_of(edition.id)] == ["B", "C", "A"]
    assert fields(await client.get(path), path)["after"] == third.code


@pytest.mark.usefixtures("db")
async def test_category_that_somebody_is_in_stays_and_an_empty_one_goes(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    used, drawn, free = [await make_category(edition, name) for name in ("A", "B", "C")]
    await make_exhibitor(edition, used, state="withdrawn")
    await make_booth(edition, category=drawn)

    for category in (used, drawn, free):
        await client.post(f"{CATEGORIES}/{category.code}/enlever")

    assert await rows("SELECT name_fr FROM fair_category ORDER BY id") == [("A",), ("B",)]
    await client.post(f"{CATEGORIES}/{used.code}/enlever")
    assert "Des exposants ou des kiosques sont dans cette catégorie" in said(await client.get(CATEGORIES))


@pytest.mark.usefixtures("committed")
async def test_category_that_goes_while_somebody_applies_for_it_stays_or_nobody_is_in_it():
    edition, person = await make_edition(), await make_person()
    await make_fair(edition)
    there = await edition_numbered(edition.id)
    for attempt in range(5):
        category = await make_category(edition, f"C{attempt}")

        applied, removed = await asyncio.gather(
            apply(there, person, category.id, Said(name="Atelier"), form_code=str(attempt)),
            remove_category(edition.id, category.code),
            return_exceptions=True,
        )

        assert (isinstance(applied, str), type(removed)) in (
            (True, CategoryInUse),
            (False, type(None)),
        )


@pytest.mark.usefixtures("db")
async def test_equipment_is_rented_out_of_a_stock_or_without_limit(client: httpx.AsyncClient):
    edition = await alice_organises(client)

    await client.post(f"{EXTRAS}/nouvelle", data={"name_fr": "Table", "price": "15,00", "stock": "20"})
    await client.post(f"{EXTRAS}/nouvelle", data={"name_fr": "Affiche", "price": "0", "stock": ""})

    listed = [(each.name_fr, each.price_cents, each.stock) for each in await extras_of(edition.id)]
    assert sorted(listed) == [("Affiche", 0, None), ("Table", 1500, 20)]
    assert "Affiche Gratuit Sans limite 0" in said(await client.get(CATEGORIES))


@pytest.mark.usefixtures("db")
async def test_stock_never_falls_below_what_is_rented_and_what_is_rented_stays(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    code = await add_extra(edition.id, ExtraTexts(name_fr="Écran", price_cents=9000, stock=6), after="")
    path = f"{EXTRAS}/{code}"
    opened = fields(await client.get(path), path)
    await rent(edition, code, 4)

    short = await client.post(path, data={**opened, "stock": "3"})
    enough = await client.post(path, data={**opened, "stock": "4", "price": "80"})
    await client.post(f"{path}/enlever")

    assert (short.status_code, enough.status_code) == (422, 303)  # renting is no change of what was written
    assert errors(short) == ["Des exposants en louent déjà 4 : la quantité ne peut pas être plus petite."]
    assert await rows("SELECT stock, taken, price_cents FROM booth_extra") == [(4, 4, 8000)]
    assert await rows("SELECT price_cents FROM booking_extra") == [(9000,)]
    assert "Des exposants ont loué cet équipement : il ne peut pas être enlevé." in said(await client.get(CATEGORIES))


@pytest.mark.usefixtures("db")
async def test_second_organiser_sees_what_the_first_wrote_of_equipment(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    path = f"{EXTRAS}/{await add_extra(edition.id, ExtraTexts(name_fr='Écran', price_cents=9000), after='')}"
    opened = fields(await client.get(path), path)

    await client.post(path, data={**opened, "stock": "6"})
    late = await client.post(path, data={**opened, "price": "95"})

    assert late.status_code == 409
    assert "Quantité en tout 6" in said(late)
    assert (fields(late, path)["price"], fields(late, path)["stock"]) == ("95", "")


@pytest.mark.usefixtures("db")
async def test_what_is_of_another_edition_is_not_found(client: httpx.AsyncClient):
    await alice_organises(client)
    foreign = await make_edition("cafe2028")
    category = await make_category(foreign)
    extra = await add_extra(foreign.id, ExtraTexts(name_fr="Écran"), after="")
    sent = {"name_fr": "Volée", "price": "0"}

    answers = [
        await client.get(f"{CATEGORIES}/{category.code}"),
        await client.post(f"{CATEGORIES}/{category.code}", data=sent),
        await client.post(f"{CATEGORIES}/{category.code}/enlever"),
        await client.get(f"{EXTRAS}/{extra}"),
        await client.post(f"{EXTRAS}/{extra}", data=sent),
        await client.post(f"{EXTRAS}/{extra}/enlever"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 6
    with pytest.raises(NoSuchCategory):
        await remove_category(foreign.id + 1, category.code)


@pytest.mark.usefixtures("db")
async def test_list_takes_as_many_statements_for_three_categories_as_for_one(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await make_category(edition)
    async with counted_statements() as for_one:
        await client.get(CATEGORIES)
    for name in ("B", "C"):
        await make_category(edition, name)
    async with counted_statements() as for_three:
        await client.get(CATEGORIES)

    assert len(for_one) == len(for_three)
