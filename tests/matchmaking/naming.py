"""Names for the people of a made-up problem: each sits for a house of their own, rounds begin at nine."""

from matchmaking.domain.names import Named, Names
from matchmaking.domain.rounds import Round
from matchmaking.engine.problem import Problem
from tests.matchmaking.factories import MORNING, PAUSE, ROUND


def names_for(problem: Problem) -> Names:
    """« P0 (Maison 0) »; a key that is there twice names the last one."""
    people = {
        each.key: Named(code=each.key, name=f"P{number}", house=f"o{number}", organisation=f"Maison {number}")
        for number, each in enumerate(problem.participants)
    }
    return Names(
        problem=problem,
        rounds=tuple(round_at(number) for number in range(problem.rounds)),
        people=people,
        organisations={
            "x": "Maison X",
            "y": "Maison Y",
            **{named.house: named.organisation for named in people.values()},
        },
        somebody_of={named.house: code for code, named in people.items()},
    )


def round_at(number: int) -> Round:
    """From 0."""
    starts_at = MORNING + number * (ROUND + PAUSE)
    return Round(number=number + 1, session=1, starts_at=starts_at, ends_at=starts_at + ROUND)
