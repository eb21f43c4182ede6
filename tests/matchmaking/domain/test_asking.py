"""The engine's problem says what people, settings and scenario say."""

from datetime import timedelta

import msgspec
from msgspec import structs

from digital_days.kernel import database
from matchmaking.domain.asking import ask
from matchmaking.domain.asking_now import asked_now
from matchmaking.domain.pool import Pool, PoolOrganisation, PoolParticipant, Side
from matchmaking.domain.rounds import Session
from matchmaking.domain.scenarios import Lock, Variation
from matchmaking.domain.settings import SpeedDating
from matchmaking.engine.problem import Placed
from tests.factories import make_edition
from tests.matchmaking.factories import MORNING, PAUSE, ROUND, make_meeting, make_organisation, make_participant
from tests.matchmaking.organised import all_wished
from tests.matchmaking.published import make_matched

DATING = SpeedDating(
    edition_id=1, sessions=(Session(starts_at=MORNING, ends_at=MORNING + timedelta(hours=1)),), tables=2, most=5
)


def _organisation(number: int, side: Side, *needs: str) -> PoolOrganisation:
    return PoolOrganisation(
        id=number, code=f"O{number}", side=side, name=f"Organisation {number}", sector="", size="", needs=needs
    )


def _participant(number: int, organisation: int) -> PoolParticipant:
    return PoolParticipant(
        id=number,
        code=f"P{number}",
        organisation=organisation,
        person_id=number,
        name=f"P{number}",
        languages=("fr",),
        least=0,
        most=None,
    )


POOL = Pool(
    organisations={1: _organisation(1, "business", "vendre"), 2: _organisation(2, "resource", "vendre")},
    participants=(_participant(10, 1), _participant(11, 1), _participant(20, 2)),
    wishes={(1, 2): "must"},
    exclusions=frozenset(),
)


def test_one_of_the_colleagues_serves_the_wish_of_their_organisation():
    problem = ask(POOL, DATING).problem

    assert [meeting.key for meeting in problem.meetings] == ["P10 P20", "P11 P20"]
    assert problem.exclusive == ((0, 1),)
    assert [(wish.key, wish.owner, wish.meetings, wish.must) for wish in problem.wishes] == [
        ("O1 O2", "O1", (0, 1), True)
    ]
    assert [(each.key, each.most, each.stays) for each in problem.participants] == [
        ("P10", 5, False),
        ("P11", 5, False),
        ("P20", 5, True),
    ]
    assert problem.tables == ((1, 2),) * 3


def test_no_of_either_side_is_no_meeting_and_nobody_can_tell_why():
    for pair in ((1, 2), (2, 1)):
        wishes = {**POOL.wishes, pair: "no"}
        problem = ask(structs.replace(POOL, wishes={(1, 2): "must", **wishes}), DATING).problem
        assert problem.meetings == ()
        assert all(wish.meetings == () for wish in problem.wishes)


def test_whom_organisers_keep_apart_have_no_meeting():
    assert ask(structs.replace(POOL, exclusions=frozenset({(1, 2)})), DATING).problem.meetings == ()


def test_own_word_and_agenda_make_rounds_busy():
    second = MORNING + ROUND + PAUSE
    absent, expected = ((MORNING, MORNING + ROUND),), ((second + ROUND, second + timedelta(hours=1)),)
    pool = structs.replace(POOL, participants=(structs.replace(_participant(10, 1), absent=absent, expected=expected),))

    [participant] = ask(pool, DATING).problem.participants

    assert participant.busy == (0, 2)


def test_limits_are_the_person_s_own_where_they_said_some():
    pool = structs.replace(POOL, participants=(structs.replace(_participant(10, 1), least=1, most=2),))

    [participant] = ask(pool, DATING).problem.participants

    assert (participant.least, participant.most) == (1, 2)


def test_good_fit_fills_free_rounds_without_a_wish_and_a_poor_one_does_not():
    unwished = structs.replace(POOL, wishes={})
    stranger = {**POOL.organisations, 2: structs.replace(POOL.organisations[2], needs=())}

    assert len(ask(unwished, DATING).problem.meetings) == 2
    assert ask(structs.replace(unwished, organisations=stranger), DATING).problem.meetings == ()


def test_scenario_changes_what_it_says_and_nothing_else():
    dating = Variation(tables=1, round_minutes=25).applied_to(DATING)
    locks = (
        Lock(one="P11", other="P20", round=2, table=1),
        Lock(one="GONE", other="P20", round=1),
        Lock(one="P10", other="P20", round=9),
    )

    asked = ask(POOL, dating, locks=locks, bans={("P10", "P20")}, closed={7})

    assert (asked.problem.tables, len(asked.rounds)) == (((1,), (1,)), 2)
    assert [meeting.key for meeting in asked.problem.meetings] == ["P11 P20"]
    assert asked.problem.fixed == (Placed(meeting=0, round=1, table=1),)
    assert ask(POOL, DATING, closed={2}).problem.tables == ((1,),) * 3


def test_lock_between_those_who_have_no_wish_makes_the_meeting_possible():
    unwished = structs.replace(
        POOL, wishes={}, organisations={**POOL.organisations, 2: structs.replace(POOL.organisations[2], needs=())}
    )

    asked = ask(unwished, DATING, locks=[Lock(one="P10", other="P20", round=1)])

    assert asked.problem.fixed == (Placed(meeting=0, round=0),)


def test_who_has_met_before_fits_a_little_less():
    fresh, again = ask(POOL, DATING).problem, ask(POOL, DATING, met={("P10", "P20")}).problem

    assert again.meetings[0].value < fresh.meetings[0].value == fresh.meetings[1].value == again.meetings[1].value


async def test_settings_and_whom_somebody_has_met_elsewhere_reach_the_problem(db):
    fair = await make_matched()
    weights = {"needs": 0, "wishes": 20, "language": 10, "sector": 0, "novelty": 10}
    await database.fetch("UPDATE speed_dating SET spread = 3, weights = $1", msgspec.json.encode(weights).decode())
    await all_wished()
    before = await make_edition("jn2026")
    seats = {
        name: await make_participant(before, await make_organisation(before, name), person)
        for name, person in fair.people.items()
    }
    await make_meeting(before, seats["Bob"], seats["Carole"], state="held")
    await make_meeting(before, seats["Bob"], seats["Dora"], number=2)

    asked = await asked_now(fair.edition.id)

    values = {
        (one, other): asked.problem.meetings[asked.numbers[fair.seats[one].code, fair.seats[other].code]].value
        for one in ("Bob", "Ève")
        for other in ("Carole", "Dora")
    }
    assert asked.problem.spread == 3
    assert values == {("Bob", "Carole"): 50, ("Bob", "Dora"): 75, ("Ève", "Carole"): 75, ("Ève", "Dora"): 75}
