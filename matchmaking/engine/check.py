"""What is wrong with a problem, or will disappoint somebody, before anything is solved."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from matchmaking.engine.cycles import cycles
from matchmaking.engine.finding import Finding, FindingKind, Severity
from matchmaking.engine.obstacles import Reason, reason
from matchmaking.engine.problem import Problem
from matchmaking.engine.references import broken_references
from matchmaking.engine.rules import RuleName, violations
from matchmaking.engine.standing import Standing

LATER = frozenset({RuleName.LEAST, RuleName.REQUIRED})
"""What more meetings than those that are fixed may still mend."""


def check(problem: Problem, *, owners: Iterable[str] = ()) -> list[Finding]:
    """All that can be said without solving, the worst first; ``owners``: those who could have wishes.

    Where something is ``BROKEN``, only that. What is ``IMPOSSIBLE`` or a ``LOSS`` is so in every plan; that nothing is
    found does not mean that there is a plan. Linear in the size of the problem: 10,000 wishes of one owner are nothing.
    """
    if broken := broken_references(problem):
        return broken
    standing = Standing(problem, problem.fixed)
    must = {place.meeting for place in problem.fixed}
    must |= {number for number, meeting in enumerate(problem.meetings) if meeting.required}
    reasons = [
        Reason.POSSIBLE if number in standing.rounds else reason(standing, number)
        for number in range(len(problem.meetings))
    ]
    found = [
        *_shape(problem),
        *_fixed(problem),
        *_must(problem, standing, must, reasons),
        *_least(problem, standing, reasons),
        *_precedences(problem, must),
        *_idle(problem, owners),
        *_unserved(problem, reasons),
        *_demand(problem, standing),
    ]
    order = list(Severity)
    return sorted(found, key=lambda finding: order.index(finding.severity))


def _shape(problem: Problem) -> Iterator[Finding]:
    if not problem.rounds:
        yield Finding(kind=FindingKind.NO_ROUNDS, severity=Severity.IMPOSSIBLE)
    elif not any(problem.tables):
        yield Finding(kind=FindingKind.NO_TABLES, severity=Severity.IMPOSSIBLE)


def _fixed(problem: Problem) -> Iterator[Finding]:
    for violation in violations(problem, problem.fixed):
        if violation.rule not in LATER:
            yield Finding(
                kind=FindingKind.FIXED, severity=Severity.IMPOSSIBLE, meetings=violation.meetings, violation=violation
            )


def _must(problem: Problem, standing: Standing, must: set[int], reasons: list[Reason]) -> Iterator[Finding]:
    for number in sorted(must):
        if reasons[number] != Reason.POSSIBLE:
            yield _impossible(FindingKind.REQUIRED, meetings=(number,), reason=reasons[number])
    many = Counter(participant for number in must for participant in {*problem.pair(number)})
    for participant, asked in sorted(many.items()):
        there = _capacity(standing, participant)
        if asked > there:
            mine = tuple(number for number in sorted(must) if participant in problem.pair(number))
            yield _impossible(
                FindingKind.MUST_OF_PARTICIPANT, participant=participant, meetings=mine, asked=asked, there=there
            )
    for group, numbers in enumerate(problem.exclusive):
        if len(inside := must & {*numbers}) > 1 and not inside <= standing.rounds.keys():
            yield _impossible(
                FindingKind.MUST_OF_GROUP, group=group, meetings=tuple(sorted(inside)), asked=len(inside), there=1
            )
    if len(must) > (there := _places(standing)):
        yield _impossible(FindingKind.MUST_OF_ALL, asked=len(must), there=there)


def _least(problem: Problem, standing: Standing, reasons: list[Reason]) -> Iterator[Finding]:
    possible = Counter(
        participant
        for number, why in enumerate(reasons)
        if why == Reason.POSSIBLE
        for participant in {*problem.pair(number)}
    )
    for number, participant in enumerate(problem.participants):
        for kind, there in (
            (FindingKind.LEAST_OVER_MOST, participant.most),
            (FindingKind.LEAST_OVER_ROUNDS, _rounds(standing, number)),
            (FindingKind.LEAST_OVER_MEETINGS, possible[number]),
        ):
            if there is not None and participant.least > there:
                yield _impossible(kind, participant=number, asked=participant.least, there=there)


def _precedences(problem: Problem, must: set[int]) -> Iterator[Finding]:
    for cycle in cycles(problem.before):
        severity = Severity.IMPOSSIBLE if must.issuperset(cycle) else Severity.LOSS
        yield Finding(kind=FindingKind.CYCLE, severity=severity, meetings=cycle)


def _idle(problem: Problem, owners: Iterable[str]) -> Iterator[Finding]:
    for number, meeting in enumerate(problem.meetings):
        if meeting.a == meeting.b:
            yield _loss(FindingKind.BOTH_SIDES, meetings=(number,), participant=meeting.a)
    meeting_somebody = {participant for number in range(len(problem.meetings)) for participant in problem.pair(number)}
    for number in range(len(problem.participants)):
        if number not in meeting_somebody:
            yield _loss(FindingKind.NO_MEETING, participant=number)
    wishing = {wish.owner for wish in problem.wishes}
    for owner in dict.fromkeys(owners):
        if owner not in wishing:
            yield _loss(FindingKind.NO_WISH, owner=owner)


def _unserved(problem: Problem, reasons: list[Reason]) -> Iterator[Finding]:
    """Of each owner the wishes that cannot be served whatever else is held: each for the best reason it has."""
    order = {each: place for place, each in enumerate(Reason)}
    asked: Counter[str] = Counter()
    lost: dict[str, dict[int, Reason]] = defaultdict(dict)
    for number, wish in enumerate(problem.wishes):
        why = max((reasons[each] for each in wish.meetings), key=order.__getitem__, default=Reason.NO_MEETING)
        asked[wish.owner] += 1
        if why != Reason.POSSIBLE:
            lost[wish.owner][number] = why
    for owner, wishes in lost.items():
        yield _loss(
            FindingKind.OWNER_UNSERVED if len(wishes) == asked[owner] else FindingKind.WISHES_UNSERVED,
            owner=owner,
            wishes=tuple(wishes),
            reasons=tuple(Counter(wishes.values()).most_common()),
            asked=asked[owner],
            there=asked[owner] - len(wishes),
        )


def _demand(problem: Problem, standing: Standing) -> Iterator[Finding]:
    """Who is in more wishes than they have rounds for, the farthest from it first; and whether the tables suffice."""
    pairs = [{*problem.pair(number)} for number in range(len(problem.meetings))]
    needing = Counter(
        participant
        for wish in problem.wishes
        if wish.meetings
        for participant in set.intersection(*(pairs[each] for each in wish.meetings))
    )
    there = {participant: _capacity(standing, participant) for participant in needing}
    for participant, asked in sorted(needing.items(), key=lambda each: (there[each[0]] - each[1], each[0])):
        if asked > there[participant]:
            yield Finding(
                kind=FindingKind.OVERASKED,
                severity=Severity.NOTE,
                participant=participant,
                asked=asked,
                there=there[participant],
            )
    if len(problem.wishes) > (places := _places(standing)):
        yield Finding(kind=FindingKind.TABLES_SHORT, severity=Severity.NOTE, asked=len(problem.wishes), there=places)


def _rounds(standing: Standing, participant: int) -> int:
    """In how many rounds somebody meets or can still."""
    return (standing.open_ & ~standing.away[participant] | standing.taken[participant]).bit_count()


def _capacity(standing: Standing, participant: int) -> int:
    most = standing.problem.participants[participant].most
    rounds = _rounds(standing, participant)
    return rounds if most is None else min(rounds, most)


def _places(standing: Standing) -> int:
    """How many meetings the tables can have, with those that are past."""
    problem = standing.problem
    return sum(
        len(set(tables)) if at >= problem.past else len(standing.inside[at]) for at, tables in enumerate(problem.tables)
    )


def _impossible(kind: FindingKind, **what: Any) -> Finding:
    return Finding(kind=kind, severity=Severity.IMPOSSIBLE, **what)


def _loss(kind: FindingKind, **what: Any) -> Finding:
    return Finding(kind=kind, severity=Severity.LOSS, **what)
