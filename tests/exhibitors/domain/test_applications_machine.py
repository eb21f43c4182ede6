"""Whatever exhibitors and organisers do about an application, in any order: only what follows a state comes about."""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from contextvars import copy_context
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from digital_days.kernel import database
from digital_days.kernel.errors import Refusal
from exhibitors.domain.applications import Said, change_application, withdraw
from exhibitors.domain.decisions import DecisionText, decide
from exhibitors.domain.exhibitors import Exhibitor, exhibitor_called
from tests.exhibitors.factories import make_booking, make_booth, make_category, make_exhibitor, make_fair
from tests.factories import Made, make_edition, make_person

FOLLOWS = {
    "submitted": {"accepted", "waiting", "declined", "withdrawn"},
    "waiting": {"accepted", "declined", "withdrawn"},
    "accepted": {"declined", "withdrawn"},
    "declined": {"accepted", "withdrawn"},
    "withdrawn": set(),
}
STATES = st.sampled_from(sorted(FOLLOWS))
DECISIONS = st.sampled_from(["accepted", "waiting", "declined"])
TEXT = DecisionText(subject_fr="Réponse", body_fr="Bonjour.")


class Applications(RuleBasedStateMachine):
    """One exhibitor; what it and organisers try is done or refused as the table above says, and never half."""

    loop: ClassVar[asyncio.AbstractEventLoop]

    def __init__(self) -> None:
        super().__init__()
        self.context = copy_context()
        self.world = AsyncExitStack()
        self.state, self.booked, self.told = "submitted", False, 0

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(self.loop.create_task(work, context=self.context))

    def _done(self, work: Coroutine[Any, Any, object]) -> bool:
        try:
            self._run(work)
        except Refusal:
            return False
        return True

    @initialize()
    def begin(self) -> None:
        self._run(self.world.enter_async_context(database.taken_back()))
        self._run(self._make())

    async def _make(self) -> None:
        self.edition = await make_edition()
        await make_fair(self.edition)
        self.category = await make_category(self.edition)
        self.bob = await make_person()
        self.made = await make_exhibitor(self.edition, self.category, self.bob, state="submitted")
        self.booth = await make_booth(self.edition)
        self.booking: Made | None = None

    def _exhibitor(self) -> Exhibitor:
        found: Exhibitor = self._run(exhibitor_called(self.edition.id, self.made.code))
        return found

    @rule(decision=DECISIONS, seen=st.one_of(st.none(), STATES), reason=st.sampled_from(["", " ", "Complet."]))
    def decide(self, decision: Any, seen: str | None, reason: str) -> None:
        """Without ``seen``, in the state that it really has."""
        shown = seen or self.state
        work = decide(self._exhibitor(), decision, seen=shown, by=self.bob, reason=reason, text=TEXT)
        may = shown == self.state and decision in FOLLOWS[self.state]
        if decision == "declined":
            may = may and bool(reason.strip()) and not self.booked

        assert self._done(work) == may
        if may:
            self.state, self.told = decision, self.told + 1

    @rule()
    def withdraw(self) -> None:
        assert self._done(withdraw(self._exhibitor())) == (not self.booked)
        if not self.booked:
            self.state = "withdrawn"

    @rule()
    def correct(self) -> None:
        work = change_application(self._exhibitor(), self.category.id, Said(name="Atelier"))
        assert self._done(work) == (self.state in ("submitted", "waiting"))

    @rule()
    def book_or_give_back(self) -> None:
        if self.booked:
            self._run(database.fetch("UPDATE booking SET state = 'cancelled' WHERE state = 'confirmed'"))
            self.booked = False
        elif self.state == "accepted":
            self._run(make_booking(self.booth, self.made))
            self.booked = True

    @invariant()
    def is_what_was_decided_and_told_once(self) -> None:
        if hasattr(self, "made"):
            [row] = self._run(
                database.fetch(
                    """
                    SELECT x.state, x.state <> 'declined' OR x.reason <> '' AS reasoned,
                        (SELECT count(*) FROM outbox_message WHERE topic = 'exhibitors.decision') AS told
                    FROM exhibitor x
                    """
                )
            )
            assert (row["state"], row["reasoned"], row["told"]) == (self.state, True, self.told)

    def teardown(self) -> None:
        self._run(self.world.aclose())


@pytest.fixture
async def loop(pool: None) -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


def test_application_becomes_only_what_follows_its_state(loop: asyncio.AbstractEventLoop):
    Applications.loop = loop

    run_state_machine_as_test(
        Applications,
        settings=settings(max_examples=40, stateful_step_count=25, suppress_health_check=list(HealthCheck)),
    )
