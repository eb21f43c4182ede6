"""Alice writes the categories of her fair, and takes away what nobody is in."""

import httpx
import pytest

from digital_days.kernel import database
from exhibitors.domain.categories import categories_of
from exhibitors.domain.category_removal import MoreBooths, remove_category
from tests.exhibitors.bookable import open_fair
from tests.exhibitors.factories import make_booth, make_category, make_exhibitor, make_plan
from tests.factories import Made, make_edition
from tests.scheduling.planning import errors_of, fields_of, found, organiser_signs_in, send, texts, typed
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")

LIST = "/jn2027/organisation/salon/categories"
NOT_A_PRICE = "Écrivez un prix en dollars, par exemple 250,00; 0 si c’est gratuit, 1 000 000,00 $ au plus."


@pytest.fixture
async def edition(client: httpx.AsyncClient) -> Made:
    edition = await make_edition()
    await organiser_signs_in(client, edition)
    return edition


async def on_record() -> list[tuple[object, ...]]:
    columns = "name_fr, name_en, conditions_fr, conditions_en, price_cents, needs_insurance"
    rows = await database.fetch(f"SELECT {columns} FROM fair_category ORDER BY position, id")
    return [tuple(row.values()) for row in rows]


async def names(edition: Made) -> list[str]:
    return [category.name_fr for category in await categories_of(edition.id)]


async def test_category_is_added_as_it_was_typed(client: httpx.AsyncClient, edition: Made):
    page = await client.get(f"{LIST}/nouvelle")
    form = typed(
        fields_of(page, "category-form"),
        name_fr="Jeunes  pousses",
        name_en="Start-ups",
        price="1 250,5 $",
        needs_insurance="no",
        conditions_fr="Moins de cinq ans.\r\nAu Québec.",
    )

    answer = await send(client, f"{LIST}/nouvelle", form)

    assert (answer.status_code, answer.headers["location"]) == (303, LIST)
    assert await on_record() == [("Jeunes pousses", "Start-ups", "Moins de cinq ans.\nAu Québec.", "", 125_050, False)]
    assert "La catégorie « Jeunes pousses » est ajoutée." in " ".join(texts(await client.get(LIST), "//main"))


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"name_fr": " "}, {"name_fr": "Ce renseignement est nécessaire."}),
        ({"name_fr": "x" * 121}, {"name_fr": "C’est trop long : 120 caractères au plus."}),
        ({"price": ""}, {"price": "Ce renseignement est nécessaire."}),
        ({"price": "-5"}, {"price": NOT_A_PRICE}),
        ({"price": "12,345"}, {"price": NOT_A_PRICE}),
        ({"price": "1000000,01"}, {"price": NOT_A_PRICE}),
        ({"name_fr": "", "price": "x"}, {"name_fr": "Ce renseignement est nécessaire.", "price": NOT_A_PRICE}),
        ({"needs_insurance": "peut-être"}, {"needs_insurance": "Cette réponse ne convient pas."}),
    ],
)
@pytest.mark.parametrize("new", [True, False], ids=["new", "known"])
async def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    client: httpx.AsyncClient, edition: Made, new: bool, wrong: dict[str, str], errors: dict[str, str]
):
    category = await make_category(edition)
    before = await on_record()
    path = f"{LIST}/nouvelle" if new else f"{LIST}/{category.code}"
    right = {"name_fr": "Écoles", "price": "0", "conditions_fr": "Publiques."}
    form = typed(fields_of(await client.get(path), "category-form"), **{**right, **wrong})

    answer = await send(client, path, form)

    assert (answer.status_code, errors_of(answer)) == (422, errors)
    kept = dict(fields_of(answer, "category-form"))
    assert (kept["conditions_fr"], kept["price"]) == ("Publiques.", wrong.get("price", "0"))
    assert await on_record() == before


async def test_form_shows_a_category_and_changes_it(client: httpx.AsyncClient, edition: Made):
    category = await make_category(edition, price_cents=25_005, needs_insurance=False)
    path = f"{LIST}/{category.code}"

    form = fields_of(await client.get(path), "category-form")
    answer = await send(client, path, typed(form, price="300", needs_insurance="yes"))

    shown = dict(form)
    assert (shown["name_fr"], shown["price"], shown["needs_insurance"]) == ("Fournisseurs", "250,05", "no")
    assert answer.status_code == 303
    assert await on_record() == [("Fournisseurs", "", "", "", 30_000, True)]


async def test_whoever_has_not_seen_what_another_wrote_sees_it_first(client: httpx.AsyncClient, edition: Made):
    category = await make_category(edition)
    path = f"{LIST}/{category.code}"
    form = typed(fields_of(await client.get(path), "category-form"), name_fr="Fermes", price="400")
    await database.fetch("UPDATE fair_category SET price_cents = 30000, needs_insurance = false")

    told = await send(client, path, typed(form, version="1"))
    between = await on_record()
    saved = await send(client, path, fields_of(told, "category-form"))

    assert (told.status_code, saved.status_code) == (409, 303)
    assert texts(told, "//dl[@class='definitions']/div") == [
        "Nom de la catégorie Fournisseurs",
        "Prix d’un kiosque, avant taxes 300,00",
        "Faut-il une preuve d’assurance? Non",
    ]
    assert between == [("Fournisseurs", "", "", "", 30_000, False)]
    assert await on_record() == [("Fermes", "", "", "", 40_000, True)]


async def test_same_price_in_other_words_is_no_difference(client: httpx.AsyncClient, edition: Made):
    path = f"{LIST}/{(await make_category(edition, price_cents=25_000)).code}"
    form = typed(fields_of(await client.get(path), "category-form"), price="250 $")
    await database.fetch("UPDATE fair_category SET needs_insurance = false")

    told = await send(client, path, typed(form, version="1"))

    assert texts(told, "//dl[@class='definitions']/div/dt") == ["Faut-il une preuve d’assurance?"]


async def test_categories_stand_in_the_order_that_was_chosen(client: httpx.AsyncClient, edition: Made):
    made = {name: await make_category(edition, name) for name in "ABC"}
    elsewhere = await make_category(await make_edition("cafe2028"), "Ailleurs")
    path = f"{LIST}/{made['C'].code}"
    form = fields_of(await client.get(path), "category-form")

    await send(client, path, typed(form, after=made["A"].code))
    second = await names(edition)
    await send(client, path, typed(fields_of(await client.get(path), "category-form"), after=""))
    first = await names(edition)
    await send(client, path, typed(fields_of(await client.get(path), "category-form"), after=elsewhere.code))

    assert dict(form)["after"] == made["B"].code
    assert (second, first, await names(edition)) == (["A", "C", "B"], ["C", "A", "B"], ["A", "B", "C"])


async def test_new_category_stands_last_unless_somebody_says_otherwise(client: httpx.AsyncClient, edition: Made):
    await make_category(edition, "A")
    new = fields_of(await client.get(f"{LIST}/nouvelle"), "category-form")

    await send(client, f"{LIST}/nouvelle", typed(new, name_fr="B", price="0"))
    await send(client, f"{LIST}/nouvelle", typed(new, name_fr="C", price="0", after=""))

    assert await names(edition) == ["C", "A", "B"]


async def test_list_says_who_and_what_is_in_each(client: httpx.AsyncClient, edition: Made):
    category = await make_category(edition, price_cents=25_000)
    await make_category(edition, "Partenaires", price_cents=0, needs_insurance=False)
    await make_exhibitor(edition, category)
    for number in range(2):
        await make_booth(edition, f"A{number}", category=category, x=100 + 400 * number)

    page = await client.get(LIST)

    assert texts(page, "//tbody/tr") == [
        "Fournisseurs 250,00 $ Nécessaire 1 2 Enlever",
        "Partenaires Gratuit Pas nécessaire 0 0 Enlever",
    ]


async def test_list_without_categories_says_what_that_means(client: httpx.AsyncClient, edition: Made):
    page = await client.get(LIST)

    assert "Sans catégorie, personne ne peut poser sa candidature." in page.text


async def test_list_takes_as_many_statements_for_three_categories_as_for_one(client: httpx.AsyncClient, edition: Made):
    await make_category(edition, "A")
    async with counted_statements() as for_one:
        await client.get(LIST)
    for name in "BC":
        await make_category(edition, name)
    async with counted_statements() as for_three:
        await client.get(LIST)

    assert len(for_one) == len(for_three)


async def test_empty_category_goes_with_one_button(client: httpx.AsyncClient, edition: Made):
    path = f"{LIST}/{(await make_category(edition)).code}/enlever"

    page = await client.get(path)
    answer = await send(client, path, fields_of(page, "category-removal"))

    assert "elle peut partir sans rien changer d’autre" in page.text
    assert (answer.status_code, await names(edition)) == (303, [])
    assert "La catégorie est enlevée." in (await client.get(LIST)).text


async def test_category_of_an_exhibitor_stays_whatever_became_of_it(client: httpx.AsyncClient, edition: Made):
    category = await make_category(edition)
    await make_exhibitor(edition, category, state="withdrawn")
    path = f"{LIST}/{category.code}/enlever"

    page = await client.get(path)
    answer = await send(client, path, [("booths", "0")])

    assert texts(page, "//p[@class='notice-title']") == ["1 exposant est dans cette catégorie"]
    assert found(page, "//main//form") == []
    assert found(page, "//main//a/@href")[-2] == f"/jn2027/organisation/salon/candidatures?categorie={category.code}"
    assert (answer.status_code, await names(edition)) == (409, ["Fournisseurs"])
    assert "Des exposants sont dans cette catégorie : elle ne peut pas être enlevée." in " ".join(
        texts(answer, "//*[@role='alert']")
    )


async def test_booths_of_a_category_become_anybodys_once_that_was_said(client: httpx.AsyncClient, edition: Made):
    category = await make_category(edition)
    await make_plan(edition)
    await make_booth(edition, "A1", category=category)
    await make_booth(edition, "A2", category=category, x=500)
    path = f"{LIST}/{category.code}/enlever"

    page = await client.get(path)
    unasked = await send(client, path, [("booths", "1")])
    kept = await names(edition)
    answer = await send(client, path, fields_of(page, "category-removal"))

    assert texts(page, "//p[@class='notice-title']") == ["2 kiosques sont pour cette catégorie"]
    assert "Sans elle, tout exposant pourra les réserver, de n’importe quelle catégorie." in page.text
    assert (unasked.status_code, kept) == (409, ["Fournisseurs"])
    assert "D’autres kiosques sont entrés dans cette catégorie pendant que vous lisiez." in unasked.text
    assert (answer.status_code, await names(edition)) == (303, [])
    said = " ".join(texts(await client.get(LIST), "//main"))
    assert "2 kiosques sont maintenant pour toutes les catégories." in said
    assert [row["category"] for row in await database.fetch("SELECT category FROM booth")] == [None, None]
    assert [row["version"] for row in await database.fetch("SELECT version FROM floor_plan")] == [1]


async def test_who_waits_is_offered_a_booth_that_has_become_anybodys(client: httpx.AsyncClient, edition: Made):
    fair = await open_fair(booths=0, exhibitors=1, edition=edition)
    other = await make_category(edition, "Partenaires")
    booth = await make_booth(edition, "B1", category=other)
    await database.fetch(
        "INSERT INTO booth_waiting (exhibitor, category, joined_at) VALUES ($1, $2, now())",
        fair.exhibitors[0].id,
        fair.category.id,
    )

    await remove_category(edition.id, other.code, booths=1)

    rows = await database.fetch("SELECT booth, exhibitor, state, offered FROM booking")
    assert [tuple(row.values()) for row in rows] == [(booth.id, fair.exhibitors[0].id, "held", True)]


async def test_more_booths_than_were_seen_keep_their_category(edition: Made):
    category = await make_category(edition)
    await make_booth(edition, category=category)

    with pytest.raises(MoreBooths):
        await remove_category(edition.id, category.code, booths=0)


@pytest.mark.parametrize("more", ["", "/enlever"])
@pytest.mark.parametrize("elsewhere", [True, False], ids=["of another edition", "of nobody"])
async def test_category_that_is_not_of_this_edition_is_not_there(
    client: httpx.AsyncClient, edition: Made, more: str, elsewhere: bool
):
    there = await make_category(await make_edition("cafe2028"), "Ailleurs")
    path = f"{LIST}/{there.code if elsewhere else 'personne'}{more}"

    answers = [await client.get(path), await send(client, path, [("name_fr", "x"), ("price", "1")])]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "Ailleurs" not in (await client.get(LIST)).text
    assert [row[0] for row in await on_record()] == ["Ailleurs"]
