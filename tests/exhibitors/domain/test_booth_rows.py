"""Many booths at once."""

import pytest

from exhibitors.domain.booth_rows import (
    Block,
    Numbering,
    PlanMoved,
    add_block,
    give_category,
    number_booths,
    numbered_anew,
)
from exhibitors.domain.floor_plan import plan_of
from exhibitors.domain.plan_pieces import NumberTaken
from tests.exhibitors.factories import make_booth, make_category
from tests.factories import Made, make_edition

BLOCK = Block(rows=2, columns=3, x=100, y=50, width=300, depth=200, gap_across=10, gap_down=150, prefix="B", start=4)


async def placed(edition: Made) -> list[tuple[str, int, int]]:
    return [(booth.number, booth.x, booth.y) for booth in (await plan_of(edition.id)).booths]


@pytest.mark.usefixtures("db")
async def test_block_stands_in_rows_and_columns_with_its_gaps():
    edition = await make_edition()

    await add_block(edition.id, BLOCK)

    assert await placed(edition) == [
        ("B4", 100, 50),
        ("B5", 410, 50),
        ("B6", 720, 50),
        ("B7", 100, 400),
        ("B8", 410, 400),
        ("B9", 720, 400),
    ]


@pytest.mark.usefixtures("db")
async def test_block_whose_number_is_taken_adds_nothing():
    edition = await make_edition()
    await make_booth(edition, "B6")

    with pytest.raises(NumberTaken):
        await add_block(edition.id, BLOCK)

    assert len(await placed(edition)) == 1


@pytest.mark.usefixtures("db")
async def test_booths_are_numbered_as_their_preview_has_shown():
    edition = await make_edition()
    await add_block(edition.id, BLOCK)
    plan, numbering = await plan_of(edition.id), Numbering(prefix="C", order="columns")
    shown = [(booth.number, number) for booth, number in numbered_anew(plan, numbering)]

    await number_booths(edition.id, numbering, plan_version=plan.version)

    assert shown == [("B4", "C1"), ("B7", "C2"), ("B5", "C3"), ("B8", "C4"), ("B6", "C5"), ("B9", "C6")]
    assert [number for number, _x, _y in await placed(edition)] == ["C1", "C2", "C3", "C4", "C5", "C6"]


@pytest.mark.usefixtures("db")
async def test_preview_of_a_plan_that_has_changed_is_not_followed():
    edition = await make_edition()
    await add_block(edition.id, BLOCK)

    with pytest.raises(PlanMoved):
        await number_booths(edition.id, Numbering(prefix="C"), plan_version=0)


@pytest.mark.usefixtures("db")
async def test_only_the_booths_that_are_chosen_are_numbered():
    edition = await make_edition()
    await add_block(edition.id, BLOCK)
    plan = await plan_of(edition.id)
    chosen = [booth.code for booth in plan.booths[:2]]

    await number_booths(edition.id, Numbering(prefix="Z", only=chosen), plan_version=plan.version)

    assert sorted(number for number, _x, _y in await placed(edition)) == ["B6", "B7", "B8", "B9", "Z1", "Z2"]


@pytest.mark.usefixtures("db")
async def test_category_is_given_to_the_chosen_booths_and_taken_again():
    edition = await make_edition()
    category = await make_category(edition)
    await add_block(edition.id, BLOCK)
    chosen = [booth.code for booth in (await plan_of(edition.id)).booths[:2]]

    await give_category(edition.id, chosen, category.code)
    await give_category(edition.id, chosen[:1], "")

    assert [booth.category for booth in (await plan_of(edition.id)).booths] == ["", category.code, "", "", "", ""]
