"""What is wrong with a problem is said before it is solved, and what is said is so."""

import time
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from matchmaking.engine.check import check
from matchmaking.engine.finding import Finding, FindingKind, Severity
from matchmaking.engine.obstacles import Reason
from matchmaking.engine.problem import Meeting, Participant, Problem, Wish
from matchmaking.engine.rules import RuleName, Violation
from tests.matchmaking.engine.oracle import plans_with_tables
from tests.matchmaking.engine.problems import tiny_problems
from tests.matchmaking.problems import at, between, numbered, served

Kind = FindingKind
BASE = Problem(tables=((1, 2), (1, 2)), participants=numbered(4), meetings=between((0, 1), (2, 3), (0, 2)))


def meeting(number: int, **what: Any) -> Problem:
    """The problem, one meeting otherwise."""
    meetings = list(BASE.meetings)
    meetings[number] = replace(meetings[number], **what)
    return replace(BASE, meetings=tuple(meetings))


def person(number: int, **what: Any) -> Problem:
    """The problem, one participant otherwise."""
    participants = list(BASE.participants)
    participants[number] = replace(participants[number], **what)
    return replace(BASE, participants=tuple(participants))


def wishing(*meetings: tuple[int, ...], of: Problem = BASE) -> Problem:
    """The problem with wishes, all of one owner."""
    return replace(of, wishes=tuple(Wish(key=f"w{n}", owner="x", meetings=each) for n, each in enumerate(meetings)))


def found(kind: Kind, severity: Severity, **what: Any) -> Finding:
    return Finding(kind=kind, severity=severity, **what)


def broken(kind: Kind, **what: Any) -> Finding:
    return found(kind, Severity.BROKEN, **what)


def impossible(kind: Kind, **what: Any) -> Finding:
    return found(kind, Severity.IMPOSSIBLE, **what)


def loss(kind: Kind, **what: Any) -> Finding:
    return found(kind, Severity.LOSS, **what)


def fixed(rule: RuleName, *meetings: int, **what: Any) -> Finding:
    violation = Violation(rule=rule, meetings=meetings, **what)
    return impossible(Kind.FIXED, meetings=meetings, violation=violation)


CASES: list[tuple[Problem, list[Finding]]] = [
    (BASE, []),
    (meeting(1, key="m0"), [broken(Kind.DUPLICATE_KEY, key="m0", asked=2, there=1)]),
    (meeting(1, b=9), [broken(Kind.UNKNOWN_PARTICIPANT, meetings=(1,), participant=9)]),
    (meeting(1, value=-1), [broken(Kind.NEGATIVE_VALUE, meetings=(1,), there=-1)]),
    (wishing((0, 9)), [broken(Kind.UNKNOWN_MEETING, meetings=(9,), wishes=(0,))]),
    (replace(BASE, exclusive=((0, -1),)), [broken(Kind.UNKNOWN_MEETING, meetings=(-1,), group=0)]),
    (replace(BASE, before=((0, 3),)), [broken(Kind.UNKNOWN_MEETING, meetings=(3,))]),
    (replace(BASE, fixed=(at(0, 3),)), [broken(Kind.UNKNOWN_MEETING, meetings=(3,), round=0)]),
    (replace(BASE, announced=(at(2, 0),)), [broken(Kind.UNKNOWN_ROUND, meetings=(0,), round=2)]),
    (replace(BASE, tables=()), [impossible(Kind.NO_ROUNDS)]),
    (replace(BASE, tables=((), ())), [impossible(Kind.NO_TABLES)]),
    (
        replace(BASE, fixed=(at(0, 0), at(0, 2))),
        [fixed(RuleName.ONE_AT_A_TIME, 0, 2, participants=(0,), round=0)],
    ),
    (
        replace(BASE, fixed=(at(0, 0, 1), at(0, 1, 1))),
        [fixed(RuleName.TABLE_TAKEN, 0, 1, round=0, table=1)],
    ),
    (replace(person(0, busy=(1,)), fixed=(at(1, 0),)), [fixed(RuleName.BUSY, 0, participants=(0,), round=1)]),
    (replace(meeting(0, forbidden=True), fixed=(at(1, 0),)), [fixed(RuleName.FORBIDDEN, 0, participants=(0, 1))]),
    (
        meeting(0, required=True, forbidden=True),
        [impossible(Kind.REQUIRED, meetings=(0,), reason=Reason.FORBIDDEN)],
    ),
    (
        replace(person(0, busy=(1,)), fixed=(at(0, 2),), meetings=meeting(0, required=True).meetings),
        [
            impossible(Kind.REQUIRED, meetings=(0,), reason=Reason.FULL),
            impossible(Kind.MUST_OF_PARTICIPANT, participant=0, meetings=(0, 2), asked=2, there=1),
        ],
    ),
    (
        replace(meeting(0, required=True), fixed=(at(0, 1),), exclusive=((0, 1),)),
        [
            impossible(Kind.REQUIRED, meetings=(0,), reason=Reason.EXCLUSIVE),
            impossible(Kind.MUST_OF_GROUP, group=0, meetings=(0, 1), asked=2, there=1),
        ],
    ),
    (
        replace(BASE, tables=((1,), ()), meetings=tuple(replace(each, required=True) for each in BASE.meetings[:2])),
        [impossible(Kind.MUST_OF_ALL, asked=2, there=1)],
    ),
    (person(0, least=2, most=1), [impossible(Kind.LEAST_OVER_MOST, participant=0, asked=2, there=1)]),
    (
        person(1, least=2),
        [impossible(Kind.LEAST_OVER_MEETINGS, participant=1, asked=2, there=1)],
    ),
    (person(0, least=2, busy=(0,)), [impossible(Kind.LEAST_OVER_ROUNDS, participant=0, asked=2, there=1)]),
    (
        replace(BASE, before=((0, 1), (1, 2), (2, 0), (1, 1))),
        [loss(Kind.CYCLE, meetings=(1,)), loss(Kind.CYCLE, meetings=(0, 1, 2))],
    ),
    (meeting(1, b=2), [loss(Kind.BOTH_SIDES, meetings=(1,), participant=2), loss(Kind.NO_MEETING, participant=3)]),
    (
        wishing((), (0,)),
        [loss(Kind.WISHES_UNSERVED, owner="x", wishes=(0,), reasons=((Reason.NO_MEETING, 1),), asked=2, there=1)],
    ),
    (
        wishing((0,), (0, 2), of=person(0, busy=(0, 1))),
        [
            loss(
                Kind.OWNER_UNSERVED, owner="x", wishes=(0, 1), reasons=((Reason.NO_COMMON_ROUND, 2),), asked=2, there=0
            ),
            found(Kind.OVERASKED, Severity.NOTE, participant=0, asked=2, there=0),
        ],
    ),
    (
        wishing((0,), (2,), of=person(0, most=1)),
        [found(Kind.OVERASKED, Severity.NOTE, participant=0, asked=2, there=1)],
    ),
    (
        wishing((0,), (1,), of=replace(BASE, tables=((1,),))),
        [found(Kind.TABLES_SHORT, Severity.NOTE, asked=2, there=1)],
    ),
]


@pytest.mark.parametrize(("problem", "findings"), CASES, ids=[each[1][0].kind if each[1] else "fine" for each in CASES])
def test_finding_is_named(problem: Problem, findings: list[Finding]):
    assert check(problem) == findings


def test_who_wishes_for_nobody_is_named():
    assert check(wishing((0,)), owners=["x", "y", "y"]) == [loss(Kind.NO_WISH, owner="y")]


def test_every_kind_has_its_case():
    assert {finding.kind for _problem, findings in CASES for finding in findings} | {Kind.NO_WISH} == {*Kind}


@settings(max_examples=60)
@given(tiny_problems(demanding=True))
def test_what_is_impossible_or_lost_is_so_in_every_plan(problem: Problem):
    findings = check(problem)

    plans = [*plans_with_tables(problem)]
    ever = {wish for plan in plans for wish in served(problem, plan)}
    empty = {Kind.NO_ROUNDS, Kind.NO_TABLES}
    none = any(each.severity == Severity.IMPOSSIBLE and each.kind not in empty for each in findings)
    assert not (none and plans)
    assert ever.isdisjoint(wish for each in findings for wish in each.wishes if each.severity == Severity.LOSS)
    held = [{place.meeting for place in plan} for plan in plans]
    assert not any(
        each.kind == Kind.CYCLE and any(numbers.issuperset(each.meetings) for numbers in held) for each in findings
    )


def test_ten_thousand_wishes_of_one_owner_take_no_time():
    people = (*numbered(10_000), Participant(key="owner", busy=(0,)))
    meetings = tuple(Meeting(key=f"m{number}", a=10_000, b=number) for number in range(10_000))
    wishes = tuple(Wish(key=f"w{number}", owner="owner", meetings=(number,)) for number in range(10_000))
    problem = Problem(tables=((1,),) * 12, participants=people, meetings=meetings, wishes=wishes)

    began = time.process_time()
    findings = check(problem)

    assert [each.kind for each in findings] == [Kind.OVERASKED, Kind.TABLES_SHORT]
    assert time.process_time() - began < 1
