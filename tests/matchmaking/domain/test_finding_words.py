"""What a check finds is said in words, for every kind of finding, and every reason and rule that it names."""

import pytest
from msgspec.structs import replace

from matchmaking.domain.finding_words import KINDS, REASONS, RULES, SEVERITIES, Line, groups_of
from matchmaking.engine.check import check
from matchmaking.engine.finding import FindingKind, Severity
from matchmaking.engine.obstacles import Reason
from matchmaking.engine.problem import Participant, Problem, Wish
from matchmaking.engine.rules import RuleName
from tests.matchmaking.engine.test_check import CASES
from tests.matchmaking.naming import names_for
from tests.matchmaking.problems import at, between, numbered

NBSP = "\N{NO-BREAK SPACE}"
FOUR = Problem(tables=((1,), (1,)), participants=numbered(4), meetings=between((0, 1), (0, 2), (3, 1)))


def test_every_kind_reason_rule_and_severity_has_words():
    said = ({*KINDS}, {*REASONS}, {*RULES}, {*SEVERITIES})

    assert said == ({*FindingKind}, {*Reason}, {*RuleName}, {*Severity})


@pytest.mark.parametrize(("problem", "_found"), CASES)
def test_whatever_is_found_is_said(problem: Problem, _found: object):
    findings = check(problem, owners=["x", "nobody"])
    groups = groups_of(findings, names_for(problem))

    assert {group.title for group in groups} >= {KINDS[each.kind].title for each in findings}
    assert all("%(" not in line.text and "None" not in line.text for group in groups for line in group.lines)


def test_fixed_meetings_at_once_name_both_and_the_hour():
    problem = replace(FOUR, fixed=(at(0, 0), at(0, 1)))

    worst = groups_of(check(problem), names_for(problem))[0]

    assert (worst.severity, worst.where) == (Severity.IMPOSSIBLE, "scenario")
    assert worst.lines[0] == Line(
        text="P0 (Maison 0) et P1 (Maison 1); P0 (Maison 0) et P2 (Maison 2), "
        f"à 9{NBSP}h{NBSP}: la même personne à deux rencontres à la fois"
    )


def test_owners_and_people_lead_to_their_sheets():
    wishes = (Wish(key="o0 o1", owner="o0", meetings=(0,)), Wish(key="o0 o2", owner="o0", meetings=()))
    people = (*numbered(3), Participant(key="p3", least=5))
    problem = replace(FOUR, participants=people, wishes=wishes)

    lines = {group.title: group.lines for group in groups_of(check(problem, owners=["o1"]), names_for(problem))}

    assert lines["N’ont fait aucun souhait"] == [Line(text="Maison 1", participant="p1")]
    assert lines["Une partie de leurs souhaits n’est pas possible"] == [
        Line(
            text=f"Maison 0 souhaite Maison 2{NBSP}: rencontre pas permise (à ne pas réunir, ou l’une des deux a dit "
            f"non). Possibles{NBSP}: 1 sur 2.",
            participant="p0",
        )
    ]
    assert lines["Un minimum plus grand que le temps libre"] == [
        Line(text=f"P3 (Maison 3){NBSP}: 5 rencontres demandées, de la place pour 2", participant="p3")
    ]
