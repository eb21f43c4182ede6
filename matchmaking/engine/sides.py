"""Whether participants fall into two sides that only meet across."""

from collections import defaultdict

from matchmaking.engine.openings import Openings
from matchmaking.engine.problem import Problem


def sides(problem: Problem, opened: Openings) -> list[int]:
    """What a participant's round weighs against twice the tables.

    Where participants fall into two sides, 2 on the smaller one and 0 on the other (each meeting has one of either);
    else 1, since each meeting has two.
    """
    near: dict[int, set[int]] = defaultdict(set)
    for number, meeting in enumerate(problem.meetings):
        if opened.rounds[number]:
            near[meeting.a].add(meeting.b)
            near[meeting.b].add(meeting.a)
    weights = [0] * len(problem.participants)
    side: dict[int, bool] = {}
    for start in near:
        if start in side:
            continue
        side[start] = True
        part, two = [start], True
        for each in part:
            for other in near[each]:
                if other not in side:
                    side[other] = not side[each]
                    part.append(other)
                two = two and side[other] != side[each]
        counted = sum(side[each] for each in part)
        smaller = counted <= len(part) - counted
        for each in part:
            weights[each] = (2 if side[each] == smaller else 0) if two else 1
    return weights
