"""Whether a problem names only what is in it: everything else in the engine takes that for granted."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from matchmaking.engine.finding import Finding, FindingKind, Severity
from matchmaking.engine.problem import Problem


def broken_references(problem: Problem) -> list[Finding]:
    """Each that leads nowhere, and each key that is there twice; linear."""
    return [*_keys(problem), *_people(problem), *_meetings(problem)]


def _broken(kind: FindingKind, **what: Any) -> Finding:
    return Finding(kind=kind, severity=Severity.BROKEN, **what)


def _keys(problem: Problem) -> Iterator[Finding]:
    for named in (problem.participants, problem.meetings, problem.wishes):
        for key, many in Counter(each.key for each in named).items():
            if many > 1:
                yield _broken(FindingKind.DUPLICATE_KEY, key=key, asked=many, there=1)


def _people(problem: Problem) -> Iterator[Finding]:
    known = range(len(problem.participants))
    for number, meeting in enumerate(problem.meetings):
        for participant in problem.pair(number):
            if participant not in known:
                yield _broken(FindingKind.UNKNOWN_PARTICIPANT, meetings=(number,), participant=participant)
        if meeting.value < 0:
            yield _broken(FindingKind.NEGATIVE_VALUE, meetings=(number,), there=meeting.value)


def _meetings(problem: Problem) -> Iterator[Finding]:
    known = range(len(problem.meetings))
    for what, numbers in _named(problem):
        lost = tuple(number for number in dict.fromkeys(numbers) if number not in known)
        if lost:
            yield _broken(FindingKind.UNKNOWN_MEETING, meetings=lost, **what)
    for place in dict.fromkeys((*problem.fixed, *problem.announced)):
        if place.meeting in known and not 0 <= place.round < problem.rounds:
            yield _broken(FindingKind.UNKNOWN_ROUND, meetings=(place.meeting,), round=place.round)


def _named(problem: Problem) -> Iterator[tuple[dict[str, object], Iterable[int]]]:
    """Meetings, by who names them."""
    for number, wish in enumerate(problem.wishes):
        yield {"wishes": (number,)}, wish.meetings
    for number, group in enumerate(problem.exclusive):
        yield {"group": number}, group
    for pair in dict.fromkeys(problem.before):
        yield {}, pair
    for place in dict.fromkeys((*problem.fixed, *problem.announced)):
        yield {"round": place.round}, (place.meeting,)
