"""The same engine for what is no speed dating: twins for a cohort, appointments with a booth's staff."""

from matchmaking.engine.problem import Meeting, Participant, Problem, Wish
from matchmaking.engine.rules import violations
from matchmaking.engine.solve import solve


def test_each_business_of_a_cohort_gets_a_firm_that_fits_and_no_firm_more_than_it_can_take():
    """Firms take two each, one after the other: as many rounds as twins."""
    people = tuple(Participant(key=f"cohort {number}", most=1) for number in range(4))
    people += tuple(Participant(key=f"firm {number}", most=2) for number in range(2))
    fit = {(0, 4): 90, (1, 4): 80, (2, 4): 70, (3, 4): 60, (0, 5): 10, (1, 5): 20, (2, 5): 30, (3, 5): 5}
    meetings = tuple(Meeting(key=f"{a}-{b}", a=a, b=b, value=value) for (a, b), value in fit.items())
    problem = Problem(
        tables=((1, 2, 3, 4),) * 2,
        participants=people,
        meetings=meetings,
        wishes=tuple(
            Wish(key=f"w{a}", owner=people[a].key, meetings=tuple(n for n, each in enumerate(meetings) if each.a == a))
            for a in range(4)
        ),
    )

    plan = solve(problem, time_limit=10)

    twins = {(meetings[each.meeting].a, meetings[each.meeting].b) for each in plan.held}
    assert twins == {(0, 4), (1, 4), (2, 5), (3, 5)}
    assert violations(problem, plan.held) == []
    assert all(level.proven for level in plan.levels if level.name in ("wishes", "value"))


def test_visitors_get_appointments_with_the_staff_of_a_booth_when_both_are_there():
    """Quarters of an hour at one booth with two chairs; one of the staff is away in the second half."""
    people = (
        Participant(key="staff 0", stays=True),
        Participant(key="staff 1", busy=(2, 3), stays=True),
        *(Participant(key=f"visitor {number}", most=1, busy=(0,) if number == 4 else ()) for number in range(6)),
    )
    meetings = tuple(
        Meeting(key=f"v{visitor} s{staff}", a=visitor, b=staff, value=1) for visitor in range(2, 8) for staff in (0, 1)
    )
    problem = Problem(
        tables=((1, 2),) * 4,
        participants=people,
        meetings=meetings,
        wishes=tuple(
            Wish(key=people[visitor].key, owner=people[visitor].key, meetings=(2 * number, 2 * number + 1), must=True)
            for number, visitor in enumerate(range(2, 8))
        ),
    )

    plan = solve(problem, time_limit=10)

    assert violations(problem, plan.held) == []
    assert len({meetings[each.meeting].a for each in plan.held}) == 6
    assert [level.value[0] for level in plan.levels if level.name == "moves"] == [0]
