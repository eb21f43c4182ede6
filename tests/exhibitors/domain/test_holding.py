"""Options: one exhibitor a booth, one option an exhibitor, for as long as the fair says."""

from datetime import timedelta

import pytest

from digital_days.kernel import clock, database
from exhibitors.domain.bookings import booths_of
from exhibitors.domain.booth_refusals import (
    BookingClosed,
    BoothTaken,
    NoMoreMoves,
    NoSuchBooth,
    NotAccepted,
    NotOpenYet,
    OtherCategory,
    YourBooth,
)
from exhibitors.domain.holding import hold_booth
from tests.exhibitors.bookable import book, has, open_fair, states
from tests.exhibitors.factories import make_booth, make_category, make_exhibitor, make_fair
from tests.factories import make_edition

pytestmark = pytest.mark.usefixtures("db")


async def test_hold_lasts_as_long_as_the_fair_says():
    fair = await open_fair(hold_minutes=15)
    now = clock.now()

    with clock.stopped_at(now):
        await hold_booth(fair.exhibitors[0].id, fair.booths[0].code)
        own = await booths_of(fair.exhibitors[0].id)

    assert own.hold
    assert (own.hold.number, own.hold.held_until) == ("A1", now + timedelta(minutes=15))


async def test_hold_is_not_prolonged_when_asked_for_again():
    fair = await open_fair()
    now = clock.now()
    with clock.stopped_at(now):
        first = await hold_booth(fair.exhibitors[0].id, fair.booths[0].code)

    with clock.stopped_at(now + timedelta(minutes=10)):
        again = await hold_booth(fair.exhibitors[0].id, fair.booths[0].code)
        own = await booths_of(fair.exhibitors[0].id)

    assert own.hold
    assert (again, own.hold.held_until) == (first, now + timedelta(minutes=15))


async def test_booth_is_taken_while_somebody_else_holds_it():
    fair = await open_fair()
    await hold_booth(fair.exhibitors[0].id, fair.booths[0].code)

    with pytest.raises(BoothTaken) as refused:
        await hold_booth(fair.exhibitors[1].id, fair.booths[0].code)

    assert refused.value.params == {"number": "A1"}
    assert await has(fair.exhibitors[1]) == (None, None)


async def test_hold_replaces_the_one_before_only_when_it_succeeds():
    fair = await open_fair()
    one, other = fair.exhibitors
    await hold_booth(one.id, fair.booths[0].code)
    await hold_booth(other.id, fair.booths[1].code)

    with pytest.raises(BoothTaken):
        await hold_booth(one.id, fair.booths[1].code)
    assert await has(one) == ("A1", None)

    await hold_booth(one.id, fair.booths[2].code)
    assert (await has(one), await states(one)) == (("A3", None), ["left", "held"])


async def test_booth_is_anybodys_once_its_hold_is_over():
    fair = await open_fair()
    one, other = fair.exhibitors
    now = clock.now()
    with clock.stopped_at(now):
        await hold_booth(one.id, fair.booths[0].code)

    with clock.stopped_at(now + timedelta(minutes=15)):
        await hold_booth(other.id, fair.booths[0].code)
        assert await has(other) == ("A1", None)

    assert await states(one) == ["expired"]


async def test_booth_without_category_is_anybodys():
    fair = await open_fair()
    booth = await make_booth(fair.edition, "Z9", x=100, y=900)

    await hold_booth(fair.exhibitors[0].id, booth.code)

    assert await has(fair.exhibitors[0]) == ("Z9", None)


async def test_booth_of_another_category_is_refused():
    fair = await open_fair()
    other = await make_category(fair.edition, "Ressources de soutien")
    booth = await make_booth(fair.edition, "Z9", category=other, x=100, y=900)

    with pytest.raises(OtherCategory):
        await hold_booth(fair.exhibitors[0].id, booth.code)


async def test_booth_of_another_edition_does_not_exist():
    fair = await open_fair()
    elsewhere = await open_fair(edition=await make_edition("jn2029"), exhibitors=0)

    with pytest.raises(NoSuchBooth):
        await hold_booth(fair.exhibitors[0].id, elsewhere.booths[0].code)


@pytest.mark.parametrize("state", ["submitted", "waiting", "declined", "withdrawn"])
async def test_only_accepted_exhibitors_hold_booths(state: str):
    fair = await open_fair()
    asked = await make_exhibitor(fair.edition, fair.category, state=state)

    with pytest.raises(NotAccepted):
        await hold_booth(asked.id, fair.booths[0].code)


async def test_nobody_holds_before_booking_opens_nor_after_it_closes():
    now = clock.now()
    fair = await open_fair(booking_opens_at=now, booking_closes_at=now + timedelta(days=1))
    asked = (fair.exhibitors[0].id, fair.booths[0].code)

    with clock.stopped_at(now - timedelta(seconds=1)), pytest.raises(NotOpenYet):
        await hold_booth(*asked)
    with clock.stopped_at(now + timedelta(days=1)), pytest.raises(BookingClosed):
        await hold_booth(*asked)


async def test_nobody_holds_where_no_fair_was_ever_opened():
    edition = await make_edition()
    category = await make_category(edition)
    booth = await make_booth(edition, category=category)
    exhibitor = await make_exhibitor(edition, category)

    with pytest.raises(NotOpenYet):
        await hold_booth(exhibitor.id, booth.code)
    await make_fair(edition)
    assert await hold_booth(exhibitor.id, booth.code)


async def test_who_has_a_booth_holds_another_one_until_moves_end():
    now = clock.now()
    fair = await open_fair(moves_until=now + timedelta(days=1))
    one = fair.exhibitors[0]
    await book(one, fair.booths[0])

    with pytest.raises(YourBooth):
        await hold_booth(one.id, fair.booths[0].code)
    await hold_booth(one.id, fair.booths[1].code)
    assert await has(one) == ("A2", "A1")

    with clock.stopped_at(now + timedelta(days=1)), pytest.raises(NoMoreMoves):
        await hold_booth(one.id, fair.booths[2].code)


async def test_organiser_gives_a_booth_of_any_category_at_any_time():
    fair = await open_fair(booking_opens_at=None)
    booth = await make_booth(fair.edition, "Z9", category=await make_category(fair.edition, "Autre"), x=100, y=900)

    assert await hold_booth(fair.exhibitors[0].id, booth.code, by_hand=True)
    with pytest.raises(BoothTaken):
        await hold_booth(fair.exhibitors[1].id, booth.code, by_hand=True)


async def test_booth_that_is_held_cannot_be_deleted_under_the_hold():
    fair = await open_fair()
    await hold_booth(fair.exhibitors[0].id, fair.booths[0].code)

    async with database.taken_back():
        with pytest.raises(Exception, match="booking"):
            await database.fetch("DELETE FROM booth WHERE id = $1", fair.booths[0].id)
