"""In line for a booth: whatever frees one offers it to whoever has waited longest, and then to the next."""

from datetime import timedelta
from typing import Any

import pytest

from digital_days.kernel import clock
from exhibitors.domain.bookings import booths_of
from exhibitors.domain.booth_refusals import BoothKept, NotAccepted
from exhibitors.domain.booth_waiting import BoothIsFree, HasBooth, join_line, leave_line, line_of, place_in_line
from exhibitors.domain.ending import end_booking
from exhibitors.domain.holding import hold_booth
from exhibitors.domain.holds_by_the_clock import end_holds as sweep
from tests.exhibitors.bookable import OpenFair, book, has, open_fair, told
from tests.exhibitors.factories import make_booth, make_category, make_exhibitor
from tests.factories import Made

pytestmark = pytest.mark.usefixtures("db")


async def a_line(**fair: Any) -> tuple[OpenFair, Made, Made, Made, str]:
    """One has the only booth; two others wait, in this order."""
    made = await open_fair(booths=1, exhibitors=3, **fair)
    one, two, three = made.exhibitors
    code = await book(one, made.booths[0])
    await join_line(two.id)
    await join_line(three.id)
    return made, one, two, three, code


async def positions(fair: OpenFair) -> list[tuple[str, int]]:
    return [(each.name, each.position) for each in await line_of(fair.edition.id)]


async def test_line_is_in_the_order_of_joining():
    fair, _one, two, three, _code = await a_line()
    await join_line(two.id)

    assert await positions(fair) == [("Exposant 1", 1), ("Exposant 2", 2)]
    here = await place_in_line(fair.edition.id, three.id)
    assert here
    assert here.position == 2

    await leave_line(two.id)
    assert await positions(fair) == [("Exposant 2", 1)]


async def test_nobody_waits_while_a_booth_of_their_category_is_free():
    fair = await open_fair(booths=1)

    with pytest.raises(BoothIsFree):
        await join_line(fair.exhibitors[0].id)
    await hold_booth(fair.exhibitors[0].id, fair.booths[0].code)
    with pytest.raises(HasBooth):
        await join_line(fair.exhibitors[0].id)
    with pytest.raises(NotAccepted):
        await join_line((await make_exhibitor(fair.edition, fair.category, state="waiting")).id)


async def test_cancelled_booth_is_offered_to_the_first_in_line_for_as_long_as_the_fair_says():
    fair, _one, two, three, code = await a_line(offer_hours=24)
    now = clock.now()

    with clock.stopped_at(now):
        await end_booking(code)

    own = await booths_of(two.id)
    assert own.hold
    assert (own.hold.number, own.hold.offered, own.hold.held_until) == ("A1", True, now + timedelta(hours=24))
    assert await positions(fair) == [("Exposant 2", 1)]
    assert (await told())[-1] == ("offer", fair.people[1])
    with pytest.raises(BoothKept):
        await hold_booth(three.id, fair.booths[0].code)


async def test_offer_not_taken_in_time_goes_to_the_next():
    fair, _one, two, three, code = await a_line()
    now = clock.now()
    with clock.stopped_at(now):
        await end_booking(code)

    await sweep(now + timedelta(hours=24))

    with clock.stopped_at(now + timedelta(hours=24)):
        assert (await has(two), await has(three)) == ((None, None), ("A1", None))
    assert await positions(fair) == []
    assert (await told())[-2:] == [("offer_over", fair.people[1]), ("offer", fair.people[2])]


async def test_offer_is_confirmed_like_any_hold():
    fair, _one, two, _three, code = await a_line()
    await end_booking(code)

    await book(two, fair.booths[0])

    assert await has(two) == (None, "A1")


async def test_hold_that_ran_out_goes_to_the_line_before_anybody_who_asks():
    fair = await open_fair(booths=1, exhibitors=3)
    one, two, three = fair.exhibitors
    now = clock.now()
    with clock.stopped_at(now):
        await hold_booth(one.id, fair.booths[0].code)
        await join_line(two.id)

    with clock.stopped_at(now + timedelta(minutes=15)):
        with pytest.raises(BoothKept):
            await hold_booth(three.id, fair.booths[0].code)
        assert await has(two) == ("A1", None)


async def test_move_offers_the_former_booth():
    fair = await open_fair(booths=2, exhibitors=3)
    one, two, three = fair.exhibitors
    await book(one, fair.booths[0])
    hold = await hold_booth(two.id, fair.booths[1].code)
    await join_line(three.id)
    await end_booking(hold)
    assert await has(three) == ("A2", None)
    await end_booking((await booths_of(three.id)).hold.code)  # type: ignore[union-attr] # it has one
    await hold_booth(one.id, fair.booths[1].code)
    await join_line(two.id)

    await book(one, fair.booths[1])

    assert (await has(one), await has(two)) == ((None, "A2"), ("A1", None))


async def test_booth_of_another_category_is_offered_to_nobody_here():
    fair, _one, two, _three, _code = await a_line()
    other = await make_category(fair.edition, "Autre")
    await make_booth(fair.edition, "Z1", category=other, x=100, y=900)
    await sweep(clock.now())
    assert await has(two) == (None, None)

    await make_booth(fair.edition, "Z2", x=500, y=900)
    await sweep(clock.now())
    assert await has(two) == ("Z2", None)


async def test_nothing_is_offered_once_booking_has_closed():
    now = clock.now()
    fair, _one, two, _three, code = await a_line(booking_closes_at=now + timedelta(hours=30))
    with clock.stopped_at(now + timedelta(hours=20)):
        await end_booking(code)
        own = await booths_of(two.id)
    assert own.hold
    assert own.hold.held_until == now + timedelta(hours=30)

    await sweep(now + timedelta(hours=30))

    with clock.stopped_at(now + timedelta(hours=30)):
        assert [await has(each) for each in fair.exhibitors] == [(None, None)] * 3
    assert await positions(fair) == [("Exposant 2", 1)]
