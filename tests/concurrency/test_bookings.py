"""One booth that fifty exhibitors want at the same moment, with the protection and without it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import exhibitors
from digital_days.kernel import database
from exhibitors.domain.booth_refusals import BoothTaken, ExtraGone
from exhibitors.domain.booth_waiting import BoothIsFree, join_line
from exhibitors.domain.confirming import confirm_booking
from exhibitors.domain.ending import end_booking
from exhibitors.domain.holding import hold_booth
from tests.exhibitors.bookable import book, has, open_fair, read_of, states, taken
from tests.exhibitors.factories import make_extra
from tests.factories import Made

pytestmark = pytest.mark.usefixtures("committed", "pool")

EXHIBITORS = 50
SQL = Path(exhibitors.__file__).parent / "sql"
HOLD, GO_ON = ((SQL / f"{name}.sql").read_text(encoding="utf-8") for name in ("hold_booth", "go_on"))
TURN = "PERFORM pg_advisory_xact_lock(7215004, p_edition);"
CHECKED = "    BEGIN\n        UPDATE booking k SET state = 'left'"
INDEX = "CREATE UNIQUE INDEX booking_one_booth ON booking (booth) WHERE state IN ('held', 'confirmed')"


async def asked(exhibitor: Made, booth: Made) -> str:
    try:
        await hold_booth(exhibitor.id, booth.code)
    except BoothTaken:
        return "taken"
    return "held"


async def holders(booth: Made) -> int:
    [row] = await database.fetch("SELECT count(*) FROM booking WHERE booth = $1 AND state = 'held'", booth.id)
    return int(row["count"])


@pytest.fixture
async def checked_then_written(pool: None) -> AsyncIterator[None]:
    """Nobody waits for their turn, and between the look and the writing there is a moment, as in a slow program."""
    assert TURN in GO_ON
    assert CHECKED in HOLD
    await database.fetch(GO_ON.replace(TURN, ""))
    await database.fetch(HOLD.replace(CHECKED, f"    PERFORM pg_sleep(0.1);\n{CHECKED}"))
    yield
    await database.fetch(GO_ON)
    await database.fetch(HOLD)


@pytest.fixture
async def without_index(checked_then_written: None) -> AsyncIterator[None]:
    await database.fetch("DROP INDEX booking_one_booth")
    yield
    await database.fetch("TRUNCATE booking CASCADE")
    await database.fetch(INDEX)


async def test_one_of_fifty_holds_the_booth_that_all_want_at_once():
    fair = await open_fair(booths=1, exhibitors=EXHIBITORS)

    told = await asyncio.gather(*(asked(each, fair.booths[0]) for each in fair.exhibitors))

    assert Counter(told) == {"held": 1, "taken": EXHIBITORS - 1}
    assert await holders(fair.booths[0]) == 1


@pytest.mark.usefixtures("checked_then_written")
async def test_index_alone_lets_one_of_fifty_have_it():
    fair = await open_fair(booths=1, exhibitors=EXHIBITORS)

    told = await asyncio.gather(*(asked(each, fair.booths[0]) for each in fair.exhibitors))

    assert Counter(told) == {"held": 1, "taken": EXHIBITORS - 1}
    assert await holders(fair.booths[0]) == 1


@pytest.mark.usefixtures("without_index")
async def test_booth_is_held_by_several_without_the_protection():
    fair = await open_fair(booths=1, exhibitors=EXHIBITORS)

    await asyncio.gather(*(asked(each, fair.booths[0]) for each in fair.exhibitors))

    assert await holders(fair.booths[0]) > 1


async def test_exhibitor_holds_one_booth_when_two_of_its_people_choose_at_once():
    fair = await open_fair(booths=8, exhibitors=1)

    await asyncio.gather(*(hold_booth(fair.exhibitors[0].id, booth.code) for booth in fair.booths))

    assert Counter(await states(fair.exhibitors[0])) == {"held": 1, "left": 7}


async def test_two_people_confirm_one_hold_once():
    fair = await open_fair()
    one = fair.exhibitors[0]
    table = await make_extra(fair.edition)
    hold = await hold_booth(one.id, fair.booths[0].code)
    read = await read_of(hold, {table.code: 1})

    await asyncio.gather(*(confirm_booking(one.id, hold, {table.code: 1}, read) for _ in range(6)))

    [row] = await database.fetch("SELECT count(*) FROM outbox_message")
    assert (await taken(table), await has(one), row["count"]) == (1, (None, "A1"), 1)


async def test_last_extras_go_to_as_many_as_there_are():
    fair = await open_fair(booths=12, exhibitors=12)
    screen = await make_extra(fair.edition, "Écran", stock=5)
    holds = [await hold_booth(who.id, booth.code) for who, booth in zip(fair.exhibitors, fair.booths, strict=True)]
    reads = [await read_of(hold, {screen.code: 1}) for hold in holds]

    outcomes = await asyncio.gather(
        *(
            confirm_booking(who.id, hold, {screen.code: 1}, read)
            for who, hold, read in zip(fair.exhibitors, holds, reads, strict=True)
        ),
        return_exceptions=True,
    )

    assert Counter(map(type, outcomes)) == {type(None): 5, ExtraGone: 7}
    assert await taken(screen) == 5


async def test_freed_booth_is_never_left_idle_when_somebody_begins_to_wait_at_once():
    for round_ in range(6):
        await database.fetch("UPDATE person SET account_email = NULL")
        await database.fetch("UPDATE edition SET slug = $1 WHERE slug = 'jn2027'", f"past{round_}")
        fair = await open_fair(booths=1, exhibitors=2)
        one, two = fair.exhibitors
        code = await book(one, fair.booths[0])

        _ended, joined = await asyncio.gather(end_booking(code), join_line(two.id), return_exceptions=True)

        # Whoever came first: the line was there to be offered it, or there was nothing to wait for.
        assert isinstance(joined, BoothIsFree) or await has(two) == ("A1", None)
