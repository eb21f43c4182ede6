"""A run's draft beside people, wishes, agendas and tables as they are now."""

import hashlib
from collections.abc import Collection
from functools import cached_property

import msgspec
from msgspec import Struct, structs

from digital_days.kernel import clock
from matchmaking.domain.asking import Asked
from matchmaking.domain.asking_now import asked_now
from matchmaking.domain.draft_names import DraftNames
from matchmaking.domain.draft_seats import Seat, seats_of
from matchmaking.domain.drafts import DraftPlace, draft_of, placed
from matchmaking.domain.runs import Run, run_called
from matchmaking.domain.scenarios import Lock, Scenario, scenario_called
from matchmaking.engine.problem import Placed

Pair = tuple[str, str]
"""Two participants' codes, the business's first."""


class Drafted(Struct, frozen=True, kw_only=True, dict=True):
    """``asked`` has the run's rounds, all meetings of the draft that may still be, and fixes those that are locked."""

    run: Run
    scenario: Scenario
    draft: tuple[DraftPlace, ...]
    seats: dict[str, Seat]
    asked: Asked

    @cached_property
    def held(self) -> tuple[Placed, ...]:
        """In the problem's numbers."""
        return placed(self.draft, self.asked.problem)

    @cached_property
    def places(self) -> dict[Pair, DraftPlace]:
        """By pair."""
        return {(each.one, each.other): each for each in self.draft}

    @cached_property
    def lost(self) -> tuple[DraftPlace, ...]:
        """What may no longer be: somebody has left, or the two are kept apart."""
        return tuple(each for pair, each in self.places.items() if pair not in self.asked.numbers)

    @cached_property
    def version(self) -> str:
        """Another one as soon as somebody has changed the draft, or what the scenario forbids."""
        said = msgspec.json.encode((self.draft, sorted(self.scenario.bans)))
        return hashlib.sha256(said).hexdigest()[:16]

    @cached_property
    def names(self) -> DraftNames:
        """For sentences."""
        return DraftNames(asked=self.asked, seats=self.seats)

    @property
    def begun(self) -> int:
        """How many rounds have begun."""
        return sum(each.starts_at <= clock.now() for each in self.run.rounds)


async def drafted(edition_id: int, run: str, *, also: Collection[Pair] = ()) -> Drafted:
    """``also``: pairs to be thought of although nobody wishes it. As many queries however large the draft."""
    found = await run_called(edition_id, run)
    scenario, draft = await scenario_called(edition_id, found.scenario), await draft_of(found.id)
    seats = await seats_of(edition_id, {code for each in draft for code in (each.one, each.other)})
    pairs = {(each.one, each.other) for each in draft} | {pair for pair in also if _across(seats, pair)}
    locks = tuple(
        Lock(one=each.one, other=each.other, round=each.round, table=each.table or None)
        for each in draft
        if each.locked
    )
    asked = await asked_now(edition_id, structs.replace(scenario, locks=locks), also=pairs, rounds=found.rounds)
    return Drafted(run=found, scenario=scenario, draft=tuple(draft), seats=seats, asked=asked)


def _across(seats: dict[str, Seat], pair: Pair) -> bool:
    one, other = (seats.get(code) for code in pair)
    return one is not None and other is not None and (one.side, other.side) == ("business", "resource")
