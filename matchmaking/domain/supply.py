"""What is wished for beside what there is: tables and rounds, people's time, the most wished-for. Pure."""

from collections import defaultdict

from msgspec import Struct

from matchmaking.domain.names import Names
from matchmaking.engine.problem import Problem

MOST_SHOWN = 10


class Demand(Struct, frozen=True, kw_only=True):
    """One organisation: how many others it wishes to meet or that wish to meet it, and for how many it has time."""

    name: str
    participant: str
    wanted: int
    room: int

    @property
    def is_short(self) -> bool:
        """Whether not all of them can be met."""
        return self.wanted > self.room


class Supply(Struct, frozen=True, kw_only=True):
    """``places``: meetings that the tables can have in all rounds; ``wanted``: pairs with a wish, either way."""

    people: int
    tables: int
    rounds: int
    places: int
    wanted: int
    room: int
    demands: list[Demand]


def supply_of(problem: Problem, names: Names) -> Supply:
    """``room``: meetings for which both sides have time; the most wished-for first. Linear."""
    time: dict[str, int] = defaultdict(int)
    sides = {True: 0, False: 0}
    for number, participant in enumerate(problem.participants):
        free = problem.rounds - len({*participant.busy})
        able = free if participant.most is None else min(free, participant.most)
        time[names.named(number).house] += able
        sides[participant.stays] += able
    pairs = {tuple(sorted(wish.key.split(" "))) for wish in problem.wishes}
    wanted: dict[str, int] = defaultdict(int)
    for house in (house for pair in pairs for house in pair):
        wanted[house] += 1
    order = sorted(wanted, key=lambda house: (-wanted[house], names.organisation(house)))
    return Supply(
        people=len(problem.participants),
        tables=max(map(len, problem.tables), default=0),
        rounds=problem.rounds,
        places=sum(map(len, problem.tables)),
        wanted=len(pairs),
        room=min(sum(map(len, problem.tables)), *sides.values()),
        demands=[
            Demand(
                name=names.organisation(house),
                participant=names.somebody_of.get(house, ""),
                wanted=wanted[house],
                room=time[house],
            )
            for house in order[:MOST_SHOWN]
        ],
    )
