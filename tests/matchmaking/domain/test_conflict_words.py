"""The rules that leave no plan, each in a sentence."""

from datetime import timedelta

from msgspec.structs import replace

from matchmaking.domain.conflict_words import WORDS, busy_people, conflict_sentences
from matchmaking.domain.whereabouts import Elsewhere
from matchmaking.engine.conflict import conflict
from matchmaking.engine.problem import Meeting, Participant, Problem
from matchmaking.engine.rule_book import rule_book
from tests.matchmaking.factories import MORNING
from tests.matchmaking.naming import names_for
from tests.matchmaking.problems import at, between

NBSP = "\N{NO-BREAK SPACE}"
EVERYTHING = Problem(
    tables=((1, 2), (1,), (1, 2)),
    participants=(
        Participant(key="p0", busy=(1, 2), least=1, most=1),
        Participant(key="p1", least=2, most=3),
        Participant(key="p2"),
    ),
    meetings=(
        Meeting(key="m0", a=0, b=1, required=True),
        Meeting(key="m1", a=0, b=2, forbidden=True, rounds=(0,)),
        *between((1, 2)),
    ),
    fixed=(at(0, 0), at(2, 2, 1)),
    exclusive=((0, 1),),
    before=((0, 2),),
    past=1,
)


def test_every_rule_of_a_rule_book_has_words_and_no_other():
    rules = rule_book(EVERYTHING)

    assert {rule.rule for rule in rules} == WORDS.keys()
    assert conflict_sentences(rules, names_for(EVERYTHING), {}) == [
        f"P0 (Maison 0) et P1 (Maison 1){NBSP}: rencontre fixée à 9{NBSP}h.",
        f"P1 (Maison 1) et P2 (Maison 2){NBSP}: rencontre fixée à 9{NBSP}h{NBSP}40, table 1.",
        f"P0 (Maison 0) et P1 (Maison 1){NBSP}: cette rencontre est exigée.",
        f"P0 (Maison 0) et P2 (Maison 2){NBSP}: cette rencontre est interdite.",
        f"P0 (Maison 0) et P2 (Maison 2){NBSP}: cette rencontre n’est permise qu’à certaines rondes.",
        (
            f"P0 (Maison 0) et P1 (Maison 1){NBSP}: cette rencontre doit venir avant celle de P1 (Maison 1) et P2 "
            "(Maison 2)."
        ),
        (
            f"Une seule de ces rencontres entre collègues peut se tenir{NBSP}: P0 (Maison 0) et P1 (Maison 1); "
            "P0 (Maison 0) et P2 (Maison 2)."
        ),
        f"P0 (Maison 0) n’est pas libre{NBSP}: 9{NBSP}h{NBSP}20 à 9{NBSP}h{NBSP}55.",
        "P0 (Maison 0) a droit à 1 rencontre au plus.",
        "P1 (Maison 1) a droit à 3 rencontres au plus.",
        "P0 (Maison 0) veut 1 rencontre au moins.",
        "P1 (Maison 1) veut 2 rencontres au moins.",
        f"Ces rondes sont passées{NBSP}: 9{NBSP}h à 9{NBSP}h{NBSP}15.",
        f"Il n’y a que 1 table{NBSP}: 9{NBSP}h à 9{NBSP}h{NBSP}55.",
    ]


def test_busy_people_are_where_their_agenda_has_them():
    problem = Problem(
        tables=((1,),), participants=(Participant(key="p0", busy=(0,)), Participant(key="p1")), meetings=between((0, 1))
    )
    problem = replace(problem, fixed=(at(0, 0),))
    rules, names = conflict(problem), names_for(problem)
    keynote = Elsewhere(starts_at=MORNING, ends_at=MORNING + timedelta(hours=1), title="Conférence")

    assert busy_people(rules, names) == {"p0"}
    assert conflict_sentences(rules, names, {"p0": [keynote]}) == [
        f"P0 (Maison 0) et P1 (Maison 1){NBSP}: rencontre fixée à 9{NBSP}h.",
        f"P0 (Maison 0) est à «{NBSP}Conférence{NBSP}» de 9{NBSP}h à 10{NBSP}h.",
    ]
