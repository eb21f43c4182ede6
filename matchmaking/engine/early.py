"""Of plans that are equally good, one that begins early: nobody waits through rounds in which nobody meets."""

from collections.abc import Iterable
from itertools import chain

from msgspec.structs import replace

from matchmaking.engine.problem import Placed, Problem
from matchmaking.engine.rules import violations
from matchmaking.engine.score import scores


def early(problem: Problem, held: Iterable[Placed]) -> tuple[Placed, ...]:
    """As many rounds ahead, all meetings together, as no rule and no level minds; the plan itself where they do."""
    held = tuple(held)
    to_come = [place for place in held if place.round >= problem.past]
    if not to_come:
        return held
    reached = scores(problem, held)
    past = tuple(place for place in held if place.round < problem.past)
    for by in range(min(place.round for place in to_come) - problem.past, 0, -1):
        moved = tuple(sorted(chain(past, (replace(place, round=place.round - by) for place in to_come))))
        if scores(problem, moved) == reached and not violations(problem, moved):
            return moved
    return held
