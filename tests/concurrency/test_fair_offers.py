"""Several organisers at one fair, and exhibitors who apply and book meanwhile."""

import asyncio
from collections import Counter
from contextlib import suppress

import pytest
from msgspec.structs import replace

from digital_days.kernel import database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from exhibitors.domain.booth_refusals import ExtraGone, OfferChanged
from exhibitors.domain.categories import category_called
from exhibitors.domain.category_removal import CategoryHasExhibitors, remove_category
from exhibitors.domain.category_writing import CategoryTexts, change_category
from exhibitors.domain.extra_writing import ExtraTexts, StockBelowTaken, change_extra
from exhibitors.domain.extras import extra_called
from exhibitors.domain.fair_writing import change_fair
from exhibitors.domain.fairs import fair_of
from tests.conftest import forget_everything
from tests.exhibitors.bookable import book, open_fair, taken
from tests.exhibitors.factories import make_category, make_exhibitor, make_extra, make_fair
from tests.factories import make_edition

pytestmark = pytest.mark.usefixtures("committed")


@pytest.mark.parametrize("there", [True, False], ids=["changed", "written first"])
async def test_one_of_many_who_saw_the_same_fair_writes_it(there: bool):
    forget_everything()
    edition = await make_edition()
    if there:
        await make_fair(edition)
    seen = await fair_of(edition.id)

    outcomes = await asyncio.gather(
        *(change_fair(replace(seen, hold_minutes=10 + each)) for each in range(6)), return_exceptions=True
    )

    assert Counter(type(each) for each in outcomes) == {type(None): 1, ChangedMeanwhile: 5}
    assert (await fair_of(edition.id)).hold_minutes == 10 + outcomes.index(None)


async def test_one_of_many_who_saw_the_same_category_writes_it():
    forget_everything()
    edition = await make_edition()
    made = [await make_category(edition, name) for name in "ABC"]
    seen = await category_called(edition.id, made[0].code)

    async def write(name: str, after: str) -> None:
        await change_category(edition.id, seen.code, CategoryTexts(name_fr=name), version=seen.version, after=after)

    outcomes = await asyncio.gather(
        *(write(f"Nº {number}", made[number % 3].code) for number in range(6)), return_exceptions=True
    )

    assert Counter(type(each) for each in outcomes) == {type(None): 1, ChangedMeanwhile: 5}


async def test_category_stays_for_whoever_is_just_applying():
    forget_everything()
    edition = await make_edition()
    category = await make_category(edition)
    applying, removing = asyncio.Event(), asyncio.Event()

    async def apply() -> None:
        async with database.transaction():
            await make_exhibitor(edition, category)
            applying.set()
            await removing.wait()
            await asyncio.sleep(0.2)  # the other one waits in the database by then

    async def remove() -> None:
        await applying.wait()
        removing.set()
        await remove_category(edition.id, category.code, booths=0)

    _applied, refusal = await asyncio.gather(apply(), remove(), return_exceptions=True)

    assert isinstance(refusal, CategoryHasExhibitors)
    assert (await category_called(edition.id, category.code)).code == category.code


async def test_stock_is_never_below_what_is_rented_however_both_meet():
    forget_everything()
    fair = await open_fair(booths=6, exhibitors=6)
    extra = await make_extra(fair.edition, stock=6)

    async def rent(number: int) -> None:
        with suppress(ExtraGone, OfferChanged):
            await book(fair.exhibitors[number], fair.booths[number], {extra.code: 1})

    async def lessen(stock: int) -> None:
        seen = await extra_called(fair.edition.id, extra.code)
        said = ExtraTexts(name_fr="Table", price_cents=1_500, stock=stock)
        with suppress(StockBelowTaken, ChangedMeanwhile):
            await change_extra(fair.edition.id, extra.code, said, version=seen.version, after="")

    await asyncio.gather(*(rent(number) for number in range(6)), *(lessen(stock) for stock in (1, 2, 3)))

    [row] = await database.fetch(
        "SELECT stock, taken, (SELECT sum(quantity) FROM booking_extra) AS rented FROM booth_extra"
    )
    assert row["taken"] <= row["stock"]
    assert await taken(extra) == (row["rented"] or 0)
