"""Whatever exhibitors and organisers do, in any order: one a booth, none idle while somebody waits, no stock twice."""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from contextvars import copy_context
from datetime import timedelta
from typing import Any, ClassVar, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Refusal
from exhibitors.domain.bookings import booths_of
from exhibitors.domain.booth_waiting import join_line, leave_line
from exhibitors.domain.confirming import confirm_booking, confirm_by_hand
from exhibitors.domain.ending import end_booking
from exhibitors.domain.holding import hold_booth
from exhibitors.domain.holds_by_the_clock import end_holds as sweep
from tests.exhibitors.bookable import OpenFair, open_fair, read_of
from tests.exhibitors.factories import make_booth, make_category, make_exhibitor, make_extra
from tests.factories import IN_A_YEAR, Made

T = TypeVar("T")

START = IN_A_YEAR - timedelta(days=60)
STOCK = 2
WHO, WHERE = st.integers(0, 6), st.integers(0, 3)


class Bookings(RuleBasedStateMachine):
    """Four booths: two of one category, one of another, one of anybody; five exhibitors of the first, two of the other.

    Each step is one command in one transaction; what a command refuses must have changed nothing.
    """

    loop: ClassVar[asyncio.AbstractEventLoop]

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.settled = True
        self.context = copy_context()
        self.world = AsyncExitStack()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        async def at_this_time() -> T:
            with clock.stopped_at(self.now):
                return await work

        return self.loop.run_until_complete(self.loop.create_task(at_this_time(), context=self.context))

    def _do(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            self._run(work)
        except Refusal:
            return
        self.settled = True

    @initialize()
    def begin(self) -> None:
        self._run(self.world.enter_async_context(database.taken_back()))
        self.fair, self.booths, self.exhibitors, self.extra = self._run(self._made())

    async def _made(self) -> tuple[OpenFair, list[Made], list[Made], Made]:
        fair = await open_fair(booths=2, exhibitors=5, booking_closes_at=IN_A_YEAR, offer_hours=24)
        other = await make_category(fair.edition, "Ressources de soutien", price_cents=0)
        booths = [
            *fair.booths,
            await make_booth(fair.edition, "B1", category=other, x=100, y=900),
            await make_booth(fair.edition, "C1", x=500, y=900),
        ]
        exhibitors = [*fair.exhibitors, *[await make_exhibitor(fair.edition, other, fair.people[0]) for _ in range(2)]]
        return fair, booths, exhibitors, await make_extra(fair.edition, stock=STOCK)

    @rule(who=WHO, where=WHERE)
    def hold(self, who: int, where: int) -> None:
        self._do(hold_booth(self.exhibitors[who].id, self.booths[where].code))

    @rule(who=WHO, extras=st.integers(0, 2))
    def confirm(self, who: int, extras: int) -> None:
        own = self._run(booths_of(self.exhibitors[who].id))
        if own.hold:
            wanted = {self.extra.code: extras}
            read = self._run(read_of(own.hold.code, wanted))
            self._do(confirm_booking(self.exhibitors[who].id, own.hold.code, wanted, read))

    @rule(who=WHO, where=WHERE, extras=st.integers(0, 2))
    def book(self, who: int, where: int, extras: int) -> None:
        """Both at once, so that many have a booth and move."""
        self.hold(who, where)
        self.confirm(who, extras)

    @rule(who=WHO, by_hand=st.booleans())
    def end(self, who: int, by_hand: bool) -> None:
        own = self._run(booths_of(self.exhibitors[who].id))
        if ends := own.hold or own.booking:
            self._do(end_booking(ends.code, by=self.fair.people[0] if by_hand else None, reason="Mur abîmé"))

    @rule(who=WHO, where=WHERE)
    def give(self, who: int, where: int) -> None:
        self._do(self._given(self.exhibitors[who].id, self.booths[where].code))

    async def _given(self, exhibitor: int, booth: str) -> None:
        await confirm_by_hand(exhibitor, await hold_booth(exhibitor, booth, by_hand=True))

    @rule(who=WHO)
    def wait(self, who: int) -> None:
        self._do(join_line(self.exhibitors[who].id))

    @rule(who=WHO)
    def stop_waiting(self, who: int) -> None:
        self._run(leave_line(self.exhibitors[who].id))

    @rule(minutes=st.sampled_from([1, 15, 60, 24 * 60]), swept=st.booleans())
    def later(self, minutes: int, swept: bool) -> None:
        self.now += timedelta(minutes=minutes)
        self.settled = False
        if swept:
            self._do(sweep(self.now))

    @invariant()
    def no_booth_is_anybodys_twice(self) -> None:
        rows = self._fetch("SELECT booth, exhibitor, state FROM booking WHERE state IN ('held', 'confirmed')")
        assert len({row["booth"] for row in rows}) == len(rows)
        assert len({(row["exhibitor"], row["state"]) for row in rows}) == len(rows)

    @invariant()
    def nobody_waits_while_a_booth_of_theirs_is_free(self) -> None:
        if self.settled:
            assert not self._fetch(
                """
                SELECT FROM booth_waiting w JOIN exhibitor x ON x.id = w.exhibitor
                JOIN booth b ON b.category IS NULL OR b.category = x.category
                WHERE b.id NOT IN (
                    SELECT booth FROM booking WHERE state = 'confirmed' OR state = 'held' AND held_until > $1
                )
                """,
                self.now,
            )

    @invariant()
    def stock_is_what_is_booked(self) -> None:
        [row] = self._fetch(
            """
            SELECT (SELECT coalesce(sum(taken), 0) FROM booth_extra) AS taken, coalesce(sum(e.quantity), 0) AS booked
            FROM booking_extra e JOIN booking k ON k.id = e.booking WHERE k.state = 'confirmed'
            """
        )
        assert row["taken"] == row["booked"] <= STOCK

    @invariant()
    def every_offer_and_booking_is_told(self) -> None:
        [row] = self._fetch(
            """
            SELECT (SELECT count(*) FROM booking WHERE confirmed_at IS NOT NULL) AS booked,
                (SELECT count(*) FROM booking WHERE offered) AS offered,
                (SELECT count(*) FROM outbox_message WHERE topic = 'exhibitors.booking') AS told_booked,
                (SELECT count(*) FROM outbox_message WHERE topic = 'exhibitors.offer') AS told_offered
            """
        )
        assert (row["booked"], row["offered"]) == (row["told_booked"], row["told_offered"])

    @invariant()
    def sequences_only_grow(self) -> None:
        assert not self._fetch(
            """
            SELECT FROM booking one JOIN booking later ON later.exhibitor = one.exhibitor
            WHERE later.confirmed_at > one.confirmed_at AND later.sequence <= one.sequence
            """
        )

    def _fetch(self, statement: str, *arguments: object) -> list[database.Row]:
        return self._run(database.fetch(statement, *arguments)) if hasattr(self, "fair") else []

    def teardown(self) -> None:
        self._run(self.world.aclose())


@pytest.fixture
async def loop(pool: None) -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


def test_bookings_are_sound_whatever_happens(loop: asyncio.AbstractEventLoop):
    Bookings.loop = loop

    run_state_machine_as_test(
        Bookings,
        settings=settings(
            max_examples=40,
            stateful_step_count=40,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.reuse, Phase.generate],  # finding a shorter one takes minutes
        ),
    )
