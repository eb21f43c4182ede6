"""Bookings: what was read is confirmed and nothing else; stock is never exceeded; a move keeps what was paid."""

from datetime import timedelta

import pytest

from digital_days.kernel import clock, database
from exhibitors.domain.bookings import RentedExtra, booked
from exhibitors.domain.booth_refusals import (
    BookingClosed,
    BoothTaken,
    ExtraGone,
    HoldOver,
    NoSuchBooking,
    NotAccepted,
    OfferChanged,
    OtherCategory,
)
from exhibitors.domain.confirming import confirm_booking, confirm_by_hand
from exhibitors.domain.ending import end_booking
from exhibitors.domain.holding import hold_booth
from tests.exhibitors.bookable import PRICE, book, has, open_fair, read_of, states, taken, told
from tests.exhibitors.factories import make_category, make_extra

pytestmark = pytest.mark.usefixtures("db")


async def test_booking_has_price_and_extras_of_that_day_and_tells_the_contact():
    fair = await open_fair()
    one = fair.exhibitors[0]
    table = await make_extra(fair.edition, "Table", price_cents=1_500, stock=3)

    code = await book(one, fair.booths[0], {table.code: 2})
    await database.fetch("UPDATE booth_extra SET price_cents = 9_999")
    await database.fetch("UPDATE fair_category SET price_cents = 9_999")

    booking = await booked(code)
    rented = RentedExtra(name_fr="Table", name_en="", quantity=2, price_cents=1_500)
    assert (booking.state, booking.price_cents, booking.extras) == ("confirmed", PRICE, (rented,))
    assert booking.subtotal_cents == PRICE + 3_000
    assert await taken(table) == 2
    assert await told() == [("booking", fair.people[0])]


async def test_confirming_again_changes_nothing():
    fair = await open_fair()
    one = fair.exhibitors[0]
    table = await make_extra(fair.edition)
    code = await book(one, fair.booths[0], {table.code: 1})

    await confirm_booking(one.id, code, {table.code: 1}, await read_of(code))

    assert (await taken(table), len(await told())) == (1, 1)


async def test_hold_that_ran_out_while_confirming_is_refused_and_its_booth_free():
    fair = await open_fair()
    one, other = fair.exhibitors
    now = clock.now()
    with clock.stopped_at(now):
        hold = await hold_booth(one.id, fair.booths[0].code)
        read = await read_of(hold)

    with clock.stopped_at(now + timedelta(minutes=15)), pytest.raises(HoldOver):
        await confirm_booking(one.id, hold, {}, read)

    assert await states(one) == ["expired"]
    await book(other, fair.booths[0])


async def test_what_has_changed_since_it_was_read_is_not_confirmed():
    fair = await open_fair()
    one = fair.exhibitors[0]
    hold = await hold_booth(one.id, fair.booths[0].code)
    read = await read_of(hold)

    await database.fetch("UPDATE booth SET x = x + 10 WHERE id = $1", fair.booths[0].id)
    with pytest.raises(OfferChanged):
        await confirm_booking(one.id, hold, {}, read)
    read = await read_of(hold)
    await database.fetch("UPDATE fair_category SET price_cents = price_cents + 1")
    with pytest.raises(OfferChanged):
        await confirm_booking(one.id, hold, {}, read)

    await confirm_booking(one.id, hold, {}, await read_of(hold))
    assert await has(one) == (None, "A1")


async def test_booth_that_went_to_another_category_under_a_hold_is_refused():
    fair = await open_fair()
    one = fair.exhibitors[0]
    hold = await hold_booth(one.id, fair.booths[0].code)
    other = await make_category(fair.edition, "Autre")
    await database.fetch("UPDATE booth SET category = $2 WHERE id = $1", fair.booths[0].id, other.id)

    with pytest.raises(OtherCategory):
        await confirm_booking(one.id, hold, {}, await read_of(hold))


async def test_exhibitor_that_is_no_longer_accepted_does_not_confirm():
    fair = await open_fair()
    one = fair.exhibitors[0]
    hold = await hold_booth(one.id, fair.booths[0].code)
    await database.fetch("UPDATE exhibitor SET state = 'withdrawn' WHERE id = $1", one.id)

    with pytest.raises(NotAccepted):
        await confirm_booking(one.id, hold, {}, await read_of(hold))


async def test_hold_of_somebody_else_is_nobodys_to_confirm():
    fair = await open_fair()
    one, other = fair.exhibitors
    hold = await hold_booth(one.id, fair.booths[0].code)

    with pytest.raises(NoSuchBooking):
        await confirm_booking(other.id, hold, {}, await read_of(hold))


async def test_extras_are_taken_all_or_none_and_the_hold_stays():
    fair = await open_fair()
    one = fair.exhibitors[0]
    table, screen = await make_extra(fair.edition, "Table"), await make_extra(fair.edition, "Écran", stock=1)
    hold = await hold_booth(one.id, fair.booths[0].code)
    wanted = {table.code: 2, screen.code: 2}

    with pytest.raises(ExtraGone) as refused:
        await confirm_booking(one.id, hold, wanted, await read_of(hold, wanted))

    assert refused.value.params == {"name": "Écran"}
    assert (await taken(table), await taken(screen)) == (0, 0)
    assert await has(one) == ("A1", None)


async def test_extra_of_no_or_another_edition_is_refused():
    fair = await open_fair()
    one = fair.exhibitors[0]
    hold = await hold_booth(one.id, fair.booths[0].code)

    with pytest.raises(ExtraGone):
        await confirm_booking(one.id, hold, {"NOTHING000": 1}, await read_of(hold))


async def test_move_keeps_price_and_extras_of_that_day_and_frees_the_former_booth():
    fair = await open_fair()
    one, other = fair.exhibitors
    table = await make_extra(fair.edition, price_cents=1_500, stock=2)
    first = await book(one, fair.booths[0], {table.code: 2})
    await database.fetch("UPDATE booth_extra SET price_cents = 9_999")
    await database.fetch("UPDATE fair_category SET price_cents = 9_999")

    second = await book(one, fair.booths[1], {table.code: 2})

    booking = await booked(second)
    assert (booking.price_cents, booking.subtotal_cents) == (PRICE, PRICE + 3_000)
    assert (await states(one), await taken(table)) == (["moved", "confirmed"], 2)
    assert [(await booked(code)).sequence for code in (first, second)] == [0, 1]
    await hold_booth(other.id, fair.booths[0].code)


async def test_cancelling_gives_stock_and_booth_back_and_tells_the_contact():
    fair = await open_fair()
    one, other = fair.exhibitors
    table = await make_extra(fair.edition)
    code = await book(one, fair.booths[0], {table.code: 2})

    assert await end_booking(code) == "cancelled"
    assert await end_booking(code) == "over"

    assert (await states(one), await taken(table)) == (["cancelled"], 0)
    assert await told() == [("booking", fair.people[0]), ("booking_over", fair.people[0])]
    assert (await booked(code)).sequence == 1
    again = await book(one, fair.booths[1])
    assert (await booked(again)).sequence == 2
    await hold_booth(other.id, fair.booths[0].code)


async def test_exhibitor_cancels_until_booking_closes_and_organisers_always():
    now = clock.now()
    fair = await open_fair(booking_closes_at=now + timedelta(days=1))
    code = await book(fair.exhibitors[0], fair.booths[0])

    with clock.stopped_at(now + timedelta(days=1)):
        with pytest.raises(BookingClosed):
            await end_booking(code)
        assert await end_booking(code, by=fair.people[1], reason="Le mur est abîmé.") == "cancelled"

    assert (await booked(code)).reason == "Le mur est abîmé."


async def test_leaving_a_hold_frees_its_booth_without_a_word():
    fair = await open_fair()
    one, other = fair.exhibitors
    hold = await hold_booth(one.id, fair.booths[0].code)

    assert await end_booking(hold) == "left"

    await hold_booth(other.id, fair.booths[0].code)
    assert await told() == []


async def test_organiser_books_by_hand_and_extras_move_along():
    fair = await open_fair(booking_opens_at=None)
    one = fair.exhibitors[0]
    table = await make_extra(fair.edition)
    hold = await hold_booth(one.id, fair.booths[0].code, by_hand=True)
    await confirm_by_hand(one.id, hold)
    await database.fetch(
        "INSERT INTO booking_extra (booking, extra, quantity, price_cents) SELECT id, $1, 2, 1500 FROM booking",
        table.id,
    )
    await database.fetch("UPDATE booth_extra SET taken = 2")

    await confirm_by_hand(one.id, await hold_booth(one.id, fair.booths[1].code, by_hand=True))

    assert (await has(one), await taken(table)) == ((None, "A2"), 2)


async def test_confirmed_booth_is_taken_for_good():
    fair = await open_fair()
    one, other = fair.exhibitors
    await book(one, fair.booths[0])

    with clock.stopped_at(clock.now() + timedelta(days=30)), pytest.raises(BoothTaken):
        await hold_booth(other.id, fair.booths[0].code)
