"""What people are told of their own wishes: true, of use, and nothing that only others may know."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from matchmaking.domain.own_reasons import NOT_ACROSS, WORDS, Own, what_helps, why
from matchmaking.domain.whereabouts import Elsewhere
from matchmaking.engine.explain import unserved
from matchmaking.engine.obstacles import Reason
from matchmaking.engine.problem import Participant, Placed, Problem, Wish
from tests.matchmaking.engine.test_explain import CASES
from tests.matchmaking.factories import MORNING
from tests.matchmaking.naming import names_for
from tests.matchmaking.problems import at, between, numbered

NBSP = "\N{NO-BREAK SPACE}"
HOUR = timedelta(hours=1)
FOUR = Problem(
    tables=((1, 2), (1, 2)),
    participants=numbered(4),
    meetings=between((0, 1), (0, 2), (3, 1)),
    wishes=(Wish(key="o0 o1", owner="o0", meetings=(0,)),),
)
WORKSHOP = Elsewhere(starts_at=MORNING, ends_at=MORNING + HOUR, title="Atelier X")


def _told(problem: Problem, *held: Placed, reader: int = 0, members: tuple[int, ...] = (0,)) -> tuple[str, str]:
    [found] = unserved(problem, held)
    everywhere = {f"p{number}": [WORKSHOP] for number in range(4)}
    own = Own(names=names_for(problem), reader=reader, members=members, elsewhere=everywhere)
    return why(found, own), what_helps(found, own)


def _people(**about: Participant) -> Problem:
    people = tuple(about.get(each.key, each) for each in FOUR.participants)
    return replace(FOUR, participants=people)


@pytest.mark.parametrize(("problem", "held"), [case[:2] for case in CASES.values()], ids=CASES)
def test_every_reason_is_said_to_whoever_wished(problem: Problem, held: tuple[Placed, ...]):
    for found in unserved(problem, held):
        own = Own(names=names_for(problem), reader=0, members=(0,), elsewhere={})

        assert why(found, own).endswith(".")
        assert "%(" not in why(found, own) + what_helps(found, own)


def test_every_reason_has_words():
    assert WORDS.keys() == {*Reason}


def test_own_workshop_is_named_and_what_being_free_would_do():
    assert _told(_people(p0=Participant(key="p0", busy=(0, 1)))) == (
        f"Vous n’avez aucune ronde libre en commun{NBSP}: vous êtes à «{NBSP}Atelier X{NBSP}» de 9{NBSP}h à 10{NBSP}h.",
        f"Elle deviendrait possible si vous étiez libre à 9{NBSP}h.",
    )


def test_colleague_is_named():
    said, helps = _told(_people(p0=Participant(key="p0", busy=(0, 1))), reader=3, members=(0, 3))

    assert f"P0 est à «{NBSP}Atelier X{NBSP}»" in said
    assert helps == f"Elle deviendrait possible si P0 était libre à 9{NBSP}h."


def test_nothing_is_told_of_where_others_are_or_whom_they_meet():
    assert _told(_people(p1=Participant(key="p1", busy=(0, 1)))) == (NOT_ACROSS, "")
    assert _told(_people(p1=Participant(key="p1", most=1)), at(0, 2, 1)) == (NOT_ACROSS, "")


def test_refusal_of_the_other_side_looks_like_anything_that_lies_there():
    wish = Wish(key="o0 o1", owner="o0", meetings=())

    assert _told(replace(FOUR, wishes=(wish,))) == (NOT_ACROSS, "")


def test_own_maximum_and_a_table_more_are_said():
    tables = replace(FOUR, tables=((1,),), meetings=between((0, 1), (2, 3)))

    assert _told(tables, at(0, 1, 1)) == (
        "Toutes les tables étaient prises quand vous étiez libres en même temps.",
        "Une table de plus l’aurait permise.",
    )
    assert _told(_people(p0=Participant(key="p0", most=1)), at(0, 1, 1)) == (
        f"De votre côté, la seule rencontre permise est déjà prise{NBSP}: Maison 2.",
        f"Elle deviendrait possible avec une rencontre de plus au maximum{NBSP}: voyez «{NBSP}Ma participation{NBSP}».",
    )
