"""Each hard rule has its sentence: who, and when."""

from datetime import timedelta

import pytest

from matchmaking.domain.asking import Asked
from matchmaking.domain.draft_names import DraftNames
from matchmaking.domain.draft_seats import Seat
from matchmaking.domain.pool import Side
from matchmaking.domain.rounds import Round
from matchmaking.domain.violation_words import violation_words
from matchmaking.engine.problem import Meeting, Participant, Problem
from matchmaking.engine.rules import RuleName, Violation
from tests.matchmaking.factories import MORNING, PAUSE, ROUND

SENTENCES = {
    RuleName.UNKNOWN_MEETING: "Une rencontre n’est plus possible.",
    RuleName.UNKNOWN_ROUND: "Bob et Carole : la ronde 2 (9 h 20) n’existe pas.",
    RuleName.BOTH_SIDES: "Bob (Moulin) se rencontrerait soi-même.",
    RuleName.TWICE: "Bob et Carole se rencontreraient deux fois.",
    RuleName.ONE_AT_A_TIME: "Bob (Moulin) serait à deux endroits à la fois à la ronde 2 (9 h 20) : Bob et Carole.",
    RuleName.BUSY: "Bob (Moulin) n’est pas libre à la ronde 2 (9 h 20).",
    RuleName.PAST: "Bob et Carole : la ronde 2 (9 h 20) est déjà passée.",
    RuleName.ROUNDS: "Bob et Carole ne peuvent pas se rencontrer à la ronde 2 (9 h 20).",
    RuleName.FORBIDDEN: "Bob et Carole : cette rencontre est écartée.",
    RuleName.REQUIRED: "Bob et Carole doivent se rencontrer, et ne se rencontrent pas.",
    RuleName.FIXED: "Bob et Carole devaient se rencontrer à la ronde 2 (9 h 20) : cette rencontre est fixée.",
    RuleName.TABLE_MISSING: "Bob et Carole : la table 7 n’est pas là à la ronde 2 (9 h 20).",
    RuleName.TABLE_TAKEN: "La table 7 servirait à plusieurs rencontres à la ronde 2 (9 h 20) : Bob et Carole.",
    RuleName.TABLES: "Il n’y a pas assez de tables à la ronde 2 (9 h 20) pour 1 rencontre.",
    RuleName.LEAST: "Bob (Moulin) a 1 rencontre et en demande au moins 2.",
    RuleName.MOST: "Bob (Moulin) a 1 rencontre, et en veut 0 au plus.",
    RuleName.EXCLUSIVE: "Les deux mêmes organisations se rencontreraient plusieurs fois : Bob et Carole.",
    RuleName.BEFORE: "Bob et Carole doivent se rencontrer avant Bob et Une personne qui n’est plus là.",
}


def _seat(code: str, name: str, organisation: str, side: Side) -> Seat:
    return Seat(code=code, name=name, organisation=organisation, organisation_code=code, side=side, is_active=True)


def _round(number: int) -> Round:
    starts_at = MORNING + (number - 1) * (ROUND + PAUSE)
    return Round(number=number, session=1, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=15))


PROBLEM = Problem(
    tables=((1,), (1,)),
    participants=(Participant(key="B", least=2, most=0), Participant(key="R"), Participant(key="gone")),
    meetings=(Meeting(key="B R", a=0, b=1), Meeting(key="B gone", a=0, b=2)),
)
NAMES = DraftNames(
    asked=Asked(problem=PROBLEM, participants=(), rounds=(_round(1), _round(2)), numbers={}),
    seats={"B": _seat("B", "Bob", "Moulin", "business"), "R": _seat("R", "Carole", "CLE", "resource")},
)


def _broken(rule: RuleName) -> Violation:
    meetings = (0, 1) if rule is RuleName.BEFORE else (0,)
    return Violation(rule=rule, meetings=meetings, participants=(0,), round=1, table=7)


@pytest.mark.parametrize("rule", list(RuleName))
def test_broken_rule_is_said_in_a_sentence(rule: RuleName):
    assert violation_words(_broken(rule), NAMES).replace("\N{NO-BREAK SPACE}", " ") == SENTENCES[rule]
