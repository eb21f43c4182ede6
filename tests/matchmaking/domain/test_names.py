"""Numbers of a problem are people, houses and hours for whoever reads."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from digital_days.kernel import database
from matchmaking.domain.asking_now import asked_now
from matchmaking.domain.names import names_of
from matchmaking.engine.problem import Participant, Problem, Wish
from tests.factories import Made
from tests.matchmaking.factories import make_wish
from tests.matchmaking.naming import names_for, round_at
from tests.matchmaking.problems import between, numbered
from tests.matchmaking.published import make_matched
from tests.statements import counted_statements

NBSP = "\N{NO-BREAK SPACE}"
PROBLEM = Problem(
    tables=((1,),) * 4,
    participants=numbered(2),
    meetings=between((0, 1)),
    wishes=(Wish(key="o0 o1", owner="o0", meetings=(0,)), Wish(key="o1 gone", owner="o1", meetings=())),
)


def test_people_meetings_and_wishes_have_names():
    names = names_for(PROBLEM)

    assert names.meeting(0) == "P0 (Maison 0) et P1 (Maison 1)"
    assert (names.partner(0, 0), names.partner(0, 1)) == ("Maison 1", "Maison 0")
    assert [names.wish(number) for number in range(2)] == [
        ("Maison 0", "Maison 1"),
        ("Maison 1", "une organisation qui ne participe plus"),
    ]
    assert names.houses == ["o0", "o1"]


def test_who_is_gone_is_said_to_be():
    names = names_for(PROBLEM)
    gone = replace(names, problem=replace(PROBLEM, participants=(Participant(key="left"), *numbered(2)[1:])))

    assert (gone.person(0), gone.houses) == ("quelqu’un qui ne participe plus", ["o1"])


def test_rounds_in_a_row_are_one_span_within_a_session():
    rounds = [round_at(number) for number in range(4)]
    afternoon = replace(names_for(PROBLEM), rounds=(*rounds[:2], *(replace(each, session=2) for each in rounds[2:])))

    assert names_for(PROBLEM).spans([3, 0, 1]) == f"9{NBSP}h à 9{NBSP}h{NBSP}35, 10{NBSP}h à 10{NBSP}h{NBSP}15"
    assert afternoon.spans([1, 2]) == f"9{NBSP}h{NBSP}20 à 9{NBSP}h{NBSP}35, 9{NBSP}h{NBSP}40 à 9{NBSP}h{NBSP}55"


def test_rounds_of_several_days_are_said_with_their_day():
    next_day = replace(round_at(1), starts_at=round_at(1).starts_at + timedelta(days=1))
    names = replace(names_for(PROBLEM), rounds=(round_at(0), next_day))

    assert [names.at(0), names.at(1), names.at(2)] == [
        f"jeudi 21{NBSP}octobre 2027, 9{NBSP}h",
        f"vendredi 22{NBSP}octobre 2027, 9{NBSP}h{NBSP}20",
        "une ronde de plus",
    ]


@pytest.mark.usefixtures("db")
async def test_names_come_from_what_is_on_record_with_two_queries():
    fair = await make_matched()
    houses = await database.fetch("SELECT id, code FROM match_organisation ORDER BY id")
    bob, carole = (Made(row["id"], row["code"]) for row in (houses[0], houses[2]))
    await make_wish(bob, carole)
    asked = await asked_now(fair.edition.id)

    async with counted_statements(remembering=True) as sent:
        names = await names_of(fair.edition.id, asked.problem, asked.rounds)

    assert len(sent) == 2
    assert (names.person(0), names.wish(0)) == ("Bob Roy (Maison Bob)", ("Maison Bob", "Maison Carole"))
    assert names.somebody_of[bob.code] == fair.seats["Bob"].code
