"""What a plan gives to whom, counted. Pure."""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from matchmaking.engine.problem import Placed, Problem


class Reached(Struct, frozen=True, kw_only=True):
    """``meeting``: people with a meeting; ``alone``: owners (codes) who wished for something and get none of it."""

    meetings: int
    people: int
    meeting: int
    owners: int
    alone: tuple[str, ...]
    longest: int
    shortest: int


def reached(problem: Problem, held: Iterable[Placed]) -> Reached:
    """``longest`` and ``shortest``: the most and the fewest meetings of those who have any. Linear."""
    numbers = {place.meeting for place in held}
    many = Counter(participant for number in numbers for participant in problem.pair(number))
    served: dict[str, bool] = {}
    for wish in problem.wishes:
        served[wish.owner] = served.get(wish.owner, False) or not numbers.isdisjoint(wish.meetings)
    return Reached(
        meetings=len(numbers),
        people=len(problem.participants),
        meeting=len(many),
        owners=len(served),
        alone=tuple(sorted(owner for owner, is_served in served.items() if not is_served)),
        longest=max(many.values(), default=0),
        shortest=min(many.values(), default=0),
    )
