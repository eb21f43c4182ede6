"""How good a plan is: what each level counts, whoever found it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from matchmaking.engine.plan import MAXIMISED, LevelName
from matchmaking.engine.problem import Placed, Problem, Wish

Scores = dict[LevelName, tuple[int, ...]]


def scores(problem: Problem, held: Iterable[Placed]) -> Scores:
    """In the order of importance; ``kept`` only where something was announced."""
    held = tuple(held)
    rounds = {place.meeting: place.round for place in held}
    counted: Scores = {}
    if problem.announced:
        counted["kept"] = (len({(place.meeting, place.round) for place in problem.announced} & set(rounds.items())),)
    counted["musts"] = _share([wish for wish in problem.wishes if wish.must], rounds)
    counted["wishes"] = _share(problem.wishes, rounds)
    counted["value"] = (sum(problem.meetings[number].value for number in rounds),)
    counted["breaks"] = _breaks(problem, rounds)
    counted["moves"] = (_moves(problem, held),)
    return counted


def scores_of(problem: Problem, rounds: Mapping[int, int]) -> Scores:
    """Before there are tables: nobody moves."""
    return scores(problem, (Placed(round=at, meeting=number) for number, at in rounds.items()))


def rank(counted: Scores) -> tuple[tuple[int, ...], ...]:
    """The greater, the better the plan."""
    return tuple(value if name in MAXIMISED else tuple(-each for each in value) for name, value in counted.items())


def _share(wishes: Iterable[Wish], rounds: Mapping[int, int]) -> tuple[int, ...]:
    asked: Counter[str] = Counter()
    served: Counter[str] = Counter()
    for wish in wishes:
        asked[wish.owner] += 1
        served[wish.owner] += any(number in rounds for number in wish.meetings)
    return tuple(sum(many >= step for many in served.values()) for step in range(1, max(asked.values(), default=0) + 1))


def breaks_of(mask: int) -> int:
    """Of somebody who has a meeting in the rounds that are the bits of the mask."""
    return (mask & ~(mask << 1)).bit_count() - (mask != 0)


def _breaks(problem: Problem, rounds: Mapping[int, int]) -> tuple[int, int]:
    masks = [0] * len(problem.participants)
    for number, at in rounds.items():
        masks[problem.meetings[number].a] |= 1 << at
        masks[problem.meetings[number].b] |= 1 << at
    each = [breaks_of(mask) for mask in masks]
    apart = max(each, default=0) - min(each, default=0)
    return max(0, apart - problem.spread) if problem.spread is not None else 0, sum(each)


def _moves(problem: Problem, held: Iterable[Placed]) -> int:
    seats: dict[int, list[int | None]] = defaultdict(list)
    for place in sorted(held):
        for participant in problem.pair(place.meeting):
            if problem.participants[participant].stays:
                seats[participant].append(place.table)
    return sum(first != second for row in seats.values() for first, second in pairwise(row))
