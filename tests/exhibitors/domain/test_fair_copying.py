"""The fair of a new edition: everything that was decided, on its own days, and nobody of the earlier one."""

from datetime import UTC, date, datetime, timedelta

import pytest

from digital_days.kernel import database
from digital_days.kernel.need_terms import need_terms
from exhibitors.domain.categories import categories_of
from exhibitors.domain.fair_copying import copy_fair
from exhibitors.domain.fairs import fair_of
from exhibitors.domain.floor_plan import plan_of
from exhibitors.jobs import copy_the_fair
from scheduling.events import EditionCopied
from tests.exhibitors.factories import (
    make_booking,
    make_booth,
    make_category,
    make_exhibitor,
    make_fair,
    make_need,
    make_plan,
)
from tests.factories import Made, make_edition

pytestmark = pytest.mark.usefixtures("db")
A_YEAR = timedelta(days=364)


async def two_editions() -> tuple[Made, Made]:
    """The first has a fair with an exhibitor in a booth; its call opens on the day that the clocks went forward."""
    first, second = await make_edition(), await make_edition("jn2028")
    await make_fair(
        first, call_opens_at=datetime(2027, 3, 1, 13, tzinfo=UTC), insurance_due=date(2027, 9, 24), hold_minutes=20
    )
    await make_need(first)
    await make_category(first, "Soutien", price_cents=0)
    paying = await make_category(first)
    await make_plan(first)
    booth = await make_booth(first, "A2", category=paying)
    await make_booth(first, "A10")
    await make_booking(booth, await make_exhibitor(first, paying))
    return first, second


async def test_copy_has_the_call_categories_and_hall_on_other_days_and_nobody():
    first, second = await two_editions()

    assert await copy_fair(first.id, second.id, A_YEAR)

    fair, plan = await fair_of(second.id), await plan_of(second.id)
    assert (fair.call_opens_at, fair.insurance_due, fair.hold_minutes) == (
        datetime(2028, 2, 28, 13, tzinfo=UTC),
        date(2028, 9, 22),
        20,
    )
    assert [(each.name_fr, each.price_cents) for each in await categories_of(second.id)] == [
        ("Soutien", 0),
        ("Fournisseurs", 25_000),
    ]
    assert [(booth.number, booth.category_fr) for booth in plan.booths] == [("A2", "Fournisseurs"), ("A10", "")]
    assert (plan.published, [term.slug for term in await need_terms(second.id)]) == (False, ["securite"])
    assert await database.fetch("SELECT FROM exhibitor WHERE edition = $1", second.id) == []


async def test_copy_shares_no_category_with_the_earlier_edition():
    first, second = await two_editions()

    await copy_fair(first.id, second.id, A_YEAR)

    rows = await database.fetch(
        "SELECT c.edition FROM booth b JOIN fair_category c ON c.id = b.category WHERE b.edition = $1", second.id
    )
    assert [row["edition"] for row in rows] == [second.id]


async def test_telling_twice_changes_nothing_and_a_fair_that_is_there_stays():
    first, second = await two_editions()
    told = EditionCopied(source=first.code, edition=second.code, days=A_YEAR.days)

    await copy_the_fair(told)
    await copy_the_fair(told)

    assert len(await categories_of(second.id)) == 2
    assert not await copy_fair(second.id, first.id, A_YEAR)
    assert (await fair_of(first.id)).insurance_due == date(2027, 9, 24)


async def test_edition_without_a_fair_leaves_none():
    first, second = await make_edition(), await make_edition("jn2028")

    assert not await copy_fair(first.id, second.id, A_YEAR)
    assert await database.fetch("SELECT FROM fair") == []
