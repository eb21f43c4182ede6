"""Many exhibitors, one loading dock: never more at once than there is room for."""

import asyncio
import random
from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest

from digital_days.kernel import clock, database
from exhibitors.domain.arrival_slots import StillTaken, change_capacity, open_slots
from exhibitors.domain.arrivals import ArrivalTaken, cancel_arrival, choose_arrival
from exhibitors.domain.exhibitors import Exhibitor, exhibitor_called
from tests.conftest import forget_everything
from tests.exhibitors.factories import make_category, make_exhibitor
from tests.factories import make_edition

pytestmark = pytest.mark.usefixtures("committed")

TRUE = """
    SELECT s.taken, s.capacity, (SELECT count(*) FROM exhibitor_arrival a WHERE a.slot = s.id) AS there
    FROM arrival_slot s ORDER BY s.starts_at
"""


async def dock(exhibitors: int, slots: int, capacity: int) -> tuple[list[Exhibitor], list[str]]:
    forget_everything()
    edition = await make_edition()
    category = await make_category(edition)
    starts = [clock.now().replace(second=0, microsecond=0) + timedelta(days=1, minutes=15 * n) for n in range(slots)]
    await open_slots(edition.id, starts, capacity)
    made = [await make_exhibitor(edition, category, name=f"Nº {number}") for number in range(exhibitors)]
    return (
        [await exhibitor_called(edition.id, each.code) for each in made],
        [f"{moment:%Y%m%dT%H%M}" for moment in starts],
    )


async def test_last_places_of_a_quarter_go_to_as_many_as_there_are():
    exhibitors, [only] = await dock(12, 1, 3)

    outcomes = await asyncio.gather(
        *(choose_arrival(each, only, vehicle="") for each in exhibitors), return_exceptions=True
    )

    assert Counter(type(each) for each in outcomes) == {type(None): 3, ArrivalTaken: 9}
    assert [tuple(row.values()) for row in await database.fetch(TRUE)] == [(3, 3, 3)]


async def test_counts_stay_true_while_everybody_changes_and_cancels():
    exhibitors, keys = await dock(6, 3, 2)
    choice = random.Random(7)

    async def act(each: Exhibitor) -> None:
        for _ in range(8):
            if choice.random() < 0.25:
                await cancel_arrival(each.id)
            else:
                with suppress(ArrivalTaken):
                    await choose_arrival(each, choice.choice(keys), vehicle="")

    await asyncio.gather(*(act(each) for each in exhibitors for _twice in (1, 2)))

    rows = await database.fetch(TRUE)
    assert [row["taken"] for row in rows] == [row["there"] for row in rows]
    assert all(row["taken"] <= row["capacity"] for row in rows)


async def test_capacity_lowered_meanwhile_is_never_below_who_comes():
    exhibitors, [only] = await dock(6, 1, 6)

    outcomes = await asyncio.gather(
        *(choose_arrival(each, only, vehicle="") for each in exhibitors),
        *(change_capacity(exhibitors[0].edition_id, only, capacity) for capacity in (1, 2, 3)),
        return_exceptions=True,
    )

    assert {type(each) for each in outcomes} <= {type(None), ArrivalTaken, StillTaken}
    [row] = await database.fetch(TRUE)
    assert row["taken"] == row["there"] <= row["capacity"]
