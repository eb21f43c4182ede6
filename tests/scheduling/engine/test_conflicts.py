"""Each kind of conflict, when it is one and when it isn't."""

from datetime import timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.engine.conflicts import Conflict, Opening, Plan, conflicts
from tests.scheduling.engine.naive_conflicts import naive_conflicts
from tests.scheduling.engine.plans import GARAGE, LILAC, NINE, plan, slot, span

DAY = NINE - timedelta(hours=9), NINE + timedelta(hours=15)
OPEN = Opening(DAY, span(0, 8))


def test_conflicts_name_the_room_when_two_have_it_at_once():
    found = conflicts(plan(slot(7, 0, room=LILAC.id), slot(3, 2, room=LILAC.id)))

    assert found == [Conflict(kind="room_taken", hard=True, slots=(3, 7), room=LILAC.id)]


def test_conflicts_are_none_when_one_begins_as_the_other_ends():
    first, next_ = (
        slot(number, begins, room=LILAC.id, speakers=[1], audience=1, theme=2) for number, begins in ((1, 0), (2, 4))
    )

    assert conflicts(plan(first, next_)) == []


def test_conflicts_are_none_between_slots_without_a_room():
    assert conflicts(plan(slot(1, 0), slot(2, 0))) == []


def test_conflicts_are_one_for_all_who_share_a_moment():
    found = conflicts(plan(slot(1, 0, room=1), slot(2, 1, room=1), slot(3, 2, room=1), slot(4, 5, room=1)))

    assert [each.slots for each in found] == [(1, 2, 3), (3, 4)]


def test_conflicts_name_the_speaker_when_they_are_expected_twice():
    found = conflicts(plan(slot(1, 0, room=1, speakers=[2, 1]), slot(2, 3, room=2, speakers=[1])))

    assert found == [Conflict(kind="speaker_twice", hard=True, slots=(1, 2), speaker=1)]


@pytest.mark.parametrize(("seats", "kinds"), [(None, []), (20, []), (21, ["room_small"])])
def test_room_is_too_small_when_there_are_more_seats_than_it_holds(seats: int | None, kinds: list[str]):
    assert [each.kind for each in conflicts(plan(slot(1, 0, room=LILAC.id, seats=seats)))] == kinds


def test_room_is_never_too_small_when_nobody_knows_what_it_holds():
    assert conflicts(plan(slot(1, 0, room=GARAGE.id, seats=500))) == []


@pytest.mark.parametrize(
    ("room", "seats", "found"),
    [
        (LILAC.id, 8, []),
        (LILAC.id, None, []),
        (LILAC.id, 9, [Conflict(kind="no_workstations", hard=False, slots=(1,), room=LILAC.id)]),
        (GARAGE.id, None, [Conflict(kind="no_workstations", hard=False, slots=(1,), room=GARAGE.id)]),
        (None, 9, []),
    ],
)
def test_workstations_are_missing_when_there_are_more_seats(room: int | None, seats: int | None, found: list[Conflict]):
    assert conflicts(plan(slot(1, 0, room=room, seats=seats, needs_workstations=True))) == found


def test_speaker_is_unavailable_when_no_span_holds_the_whole_slot():
    there = {1: [span(0, 4), span(4, 2), span(8, 4)]}

    found = conflicts(plan(slot(1, 2, 4, speakers=[1]), slot(2, 7, 4, speakers=[1, 2]), available=there))

    assert found == [Conflict(kind="speaker_unavailable", hard=False, slots=(2,), speaker=1)]


def test_same_public_is_asked_twice_when_audience_and_theme_are_the_same():
    first, second = slot(1, 0, audience=1, theme=2), slot(2, 1, audience=1, theme=2)
    others = [slot(3, 0, audience=1), slot(4, 0, audience=1, theme=3), slot(5, 0, theme=2), slot(6, 0)]

    assert conflicts(plan(first, second, *others)) == [Conflict(kind="same_public", hard=False, slots=(1, 2))]


def test_same_public_is_asked_once_when_one_activity_is_given_twice():
    twice = [slot(number, 0, audience=1, theme=2, activity=9) for number in (1, 2)]

    assert conflicts(plan(*twice)) == []


@pytest.mark.parametrize(("begins", "outside"), [(-1, True), (0, False), (4, False), (5, True), (100, False)])
def test_slot_is_outside_hours_when_its_day_has_hours_that_do_not_hold_it(begins: int, outside: bool):
    found = conflicts(plan(slot(1, begins), opening=[OPEN]))

    assert found == [Conflict(kind="outside_hours", hard=False, slots=(1,), hours=OPEN.hours)] * outside


def test_conflicts_come_in_order_of_time_the_hard_ones_first():
    found = conflicts(
        plan(
            slot(1, 6, room=LILAC.id, seats=30),
            slot(2, 0, room=LILAC.id, seats=30, speakers=[1]),
            slot(3, 0, speakers=[1]),
        )
    )

    assert [(each.kind, each.slots) for each in found] == [
        ("speaker_twice", (2, 3)),
        ("room_small", (2,)),
        ("room_small", (1,)),
    ]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    numbers = st.one_of(st.none(), st.integers(1, 2))
    slots = [
        slot(
            number,
            draw(st.integers(0, 20)),
            draw(st.integers(1, 8)),
            room=draw(numbers),
            seats=draw(st.sampled_from([None, 8, 9, 20, 21])),
            needs_workstations=draw(st.booleans()),
            speakers=draw(st.lists(st.integers(1, 2), max_size=2)),
            audience=draw(numbers),
            theme=draw(numbers),
            activity=draw(st.integers(1, 3)),
        )
        for number in range(1, draw(st.integers(0, 12)) + 1)
    ]
    spans = st.lists(st.builds(span, st.integers(0, 20), st.integers(1, 20)), max_size=3)
    return plan(
        *slots,
        available=draw(st.dictionaries(st.integers(1, 2), spans)),
        opening=draw(st.sampled_from([(), (OPEN,)])),
    )


@given(plans())
def test_conflicts_are_those_that_comparing_everything_with_everything_finds(planned: Plan):
    found = conflicts(planned)

    assert sorted(map(repr, found)) == sorted(map(repr, naive_conflicts(planned)))


def test_conflicts_of_a_thousand_slots_take_no_time():
    slots = [
        slot(number, number % 30, room=1 + number % 2, speakers=[1 + number % 2], audience=1, theme=1, seats=30)
        for number in range(1000)
    ]
    begun = perf_counter()

    found = conflicts(plan(*slots, opening=[OPEN], available={1: [span(0, 30)]}))

    assert perf_counter() - begun < 0.5
    assert found
