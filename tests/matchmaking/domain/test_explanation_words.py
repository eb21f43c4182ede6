"""Why a wish is not served, in sentences that name people, hours and what would help."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from matchmaking.domain.change_words import change_sentences
from matchmaking.domain.explanation_words import WORDS, busy_people, explained
from matchmaking.domain.whereabouts import Elsewhere
from matchmaking.engine.explain import Unserved, unserved
from matchmaking.engine.obstacles import Reason
from matchmaking.engine.problem import Participant, Placed, Problem, Wish
from matchmaking.engine.remedy import AddRound, AddTable, Allow, Change, Free, Open, Raise, Split, Step, Unorder
from tests.matchmaking.engine.test_explain import CASES
from tests.matchmaking.factories import MORNING
from tests.matchmaking.naming import names_for
from tests.matchmaking.problems import at, between, numbered

NBSP = "\N{NO-BREAK SPACE}"
NINE, TWENTY = f"9{NBSP}h", f"9{NBSP}h{NBSP}20"
FOUR = Problem(
    tables=((1,), (1,)),
    participants=numbered(4, most=1),
    meetings=between((0, 1), (0, 2), (3, 1)),
    wishes=(Wish(key="o0 o1", owner="o0", meetings=(0,), must=True),),
)


def _why(problem: Problem, *held: Placed, elsewhere: dict[str, list[Elsewhere]] | None = None) -> tuple[str, str, str]:
    [told] = unserved(problem, held)
    said = explained(told, names_for(problem), elsewhere or {})
    return said.why, said.remedy, said.instead


@pytest.mark.parametrize(("problem", "held"), [case[:2] for case in CASES.values()], ids=CASES)
def test_every_reason_and_remedy_is_said(problem: Problem, held: tuple[Placed, ...]):
    for told in unserved(problem, held):
        said = explained(told, names_for(problem), {})

        assert said.why.endswith(".")
        assert bool(said.remedy) == (told.change is not None)
        assert "%(" not in said.why + said.remedy + said.instead


def test_every_reason_has_words():
    assert WORDS.keys() == {*Reason}


def test_absent_people_are_said_to_be_where_their_agenda_has_them():
    people = (Participant(key="p0", busy=(0, 1)), *numbered(4)[1:])
    workshop = Elsewhere(starts_at=MORNING, ends_at=MORNING + timedelta(minutes=90), title="Atelier X")

    why, remedy, instead = _why(replace(FOUR, participants=people), elsewhere={"p0": [workshop]})

    assert why == (
        f"P0 (Maison 0) et P1 (Maison 1) n’ont aucune ronde libre en commun{NBSP}: "
        f"P0 est à «{NBSP}Atelier X{NBSP}» de {NINE} à 10{NBSP}h{NBSP}30."
    )
    assert remedy == (f"Pour la tenir à {NINE}{NBSP}: libérer P0 (Maison 0) de «{NBSP}Atelier X{NBSP}».")
    assert instead == ""


def test_own_word_and_unknown_reasons_are_said_otherwise():
    people = (Participant(key="p0", busy=(0,)), Participant(key="p1", busy=(1,)), *numbered(4)[2:])
    own = Elsewhere(starts_at=MORNING, ends_at=MORNING + timedelta(minutes=15), own=True)

    why, _remedy, _instead = _why(replace(FOUR, participants=people), elsewhere={"p0": [own]})

    assert why.endswith(
        f"P0 a dit ne pas pouvoir de {NINE} à 9{NBSP}h{NBSP}15; P1 n’est pas libre de {TWENTY} à 9{NBSP}h{NBSP}35."
    )


def test_whose_maximum_is_reached_is_said_with_whom_they_meet_and_what_it_would_cost():
    people = numbered(2, most=1) + numbered(2)
    problem = replace(FOUR, participants=tuple(replace(each, key=f"p{n}") for n, each in enumerate(people)))

    why, remedy, instead = _why(replace(problem, tables=((1, 2),) * 3), at(0, 1, 1), at(1, 2, 1))

    assert why == (
        f"P0 (Maison 0) a déjà la seule rencontre qui lui est permise{NBSP}: Maison 2. "
        f"P1 (Maison 1) a déjà la seule rencontre qui lui est permise{NBSP}: Maison 3."
    )
    assert "une rencontre de plus permise à P0 (Maison 0)" in remedy
    assert instead.startswith("À la place de P0 (Maison 0) et P2 (Maison 2), P3 (Maison 3) et P1 (Maison 1), à ")


def test_people_who_meet_others_are_said_to_do_so_only_where_both_are_there():
    people = (Participant(key="p0", busy=(0,)), *numbered(4)[1:])
    problem = replace(FOUR, participants=people, tables=((1, 2), (1, 2)))

    why, _remedy, _instead = _why(problem, at(1, 1, 1), at(0, 2, 1))

    assert why.endswith(f"en rencontre une autre{NBSP}: P0 rencontre Maison 2 à {TWENTY}.")


def test_only_those_whose_times_are_spoken_of_are_asked_for():
    people = (Participant(key="p0", busy=(0, 1)), Participant(key="p1"), *numbered(4)[2:])
    problem = replace(FOUR, participants=people)

    assert busy_people(unserved(problem, ()), names_for(problem)) == {"p0"}
    assert busy_people([Unserved(wish=0, reason=Reason.FULL)], names_for(problem)) == set()


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (AddTable(0, 2), "une table de plus"),
        (AddTable(1, 2), f"une table de plus à {TWENTY}"),
        (Free(0, 0), "libérer P0 (Maison 0)"),
        (Free(0, 1), f"libérer P0 (Maison 0) à {TWENTY}"),
        (Raise(0), "une rencontre de plus permise à P0 (Maison 0)"),
        (Open(0, 0), "permettre cette ronde"),
        (Open(0, 1), f"permettre la ronde de {TWENTY}"),
        (
            Unorder(0, 1),
            "ne plus demander que P0 (Maison 0) et P1 (Maison 1) se rencontrent avant P0 (Maison 0) et P2 (Maison 2)",
        ),
        (Split(0, 0), "permettre une deuxième rencontre entre ces deux organisations"),
        (Allow(0), "ne plus l’interdire"),
    ],
)
def test_every_step_is_said(step: Step, words: str):
    change = Change(hold=at(0, 0, 1), steps=(step,))

    assert change_sentences(change, names_for(FOUR), {}) == [f"Pour la tenir à {NINE}{NBSP}: {words}."]


def test_another_round_has_no_hour_yet_and_what_moves_is_said():
    change = Change(hold=at(2, 0, 1), steps=(AddRound((1,)), Raise(0)), moved=(at(1, 1, 1),))

    assert change_sentences(change, names_for(FOUR), {}) == [
        f"Pour la tenir{NBSP}: une ronde de plus à la fin et une rencontre de plus permise à P0 (Maison 0).",
        f"Une autre rencontre changerait de ronde{NBSP}: P0 (Maison 0) et P2 (Maison 2) à {TWENTY}.",
    ]
