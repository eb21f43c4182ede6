"""The day's clock, whatever the moderator does to it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.domain.course import (
    Course,
    NotNow,
    OddMinutes,
    Turn,
    finish,
    go_on,
    lengthen,
    pause,
    reset,
    restore,
    skip,
    start,
)
from matchmaking.domain.rounds import Session, rounds_in
from tests.matchmaking.factories import MORNING

MINUTE = timedelta(minutes=1)
AFTERNOON = MORNING + timedelta(hours=4)


def day() -> Course:
    """Three rounds of 15 minutes from nine o'clock, with pauses of 5; two from one o'clock."""
    sessions = (
        Session(starts_at=MORNING, ends_at=MORNING + timedelta(hours=1)),
        Session(starts_at=AFTERNOON, ends_at=AFTERNOON + 40 * MINUTE),
    )
    return Course(
        turns=tuple(
            Turn(
                number=each.number,
                session=each.session,
                starts_at=each.starts_at,
                ends_at=each.ends_at,
                announced_at=each.starts_at,
                announced_end=each.ends_at,
            )
            for each in rounds_in(sessions, round_minutes=15, pause_minutes=5)
        )
    )


def at(minutes: float) -> datetime:
    """So many minutes after the first round's announced beginning."""
    return MORNING + minutes * MINUTE


def shifts(course: Course) -> list[float]:
    return [turn.shift / MINUTE for turn in course.turns]


@pytest.mark.parametrize(
    ("minutes", "phase", "number", "left"),
    [
        (-10, "wait", 1, 10),
        (0, "round", 1, 15),
        (14, "round", 1, 1),
        (15, "wait", 2, 5),
        (20, "round", 2, 15),
        (56, "wait", 4, 184),
        (260, "round", 5, 15),
        (275, "over", None, 0),
    ],
)
def test_day_goes_by_itself_as_published(minutes: int, phase: str, number: int | None, left: int):
    standing = day().standing(at(minutes))

    named = standing.turn or standing.following
    assert (standing.phase, named and named.number, standing.left) == (phase, number, left * MINUTE)


def test_round_that_begins_anew_moves_the_rest_of_the_morning_and_not_the_afternoon():
    begun = start(day(), at(7))

    assert begun.standing(at(7)).left == 15 * MINUTE
    assert shifts(begun) == [7, 7, 7, 0, 0]


def test_round_can_start_before_its_time():
    assert shifts(start(day(), at(-2))) == [-2, -2, -2, 0, 0]


def test_nothing_starts_after_the_last_round():
    with pytest.raises(NotNow):
        start(day(), at(275))


def test_pause_keeps_the_time_left_and_moves_what_comes():
    paused = pause(day(), at(5))
    assert paused.standing(at(9)).left == 10 * MINUTE
    assert shifts(paused.expected(at(9))) == [0, 4, 4, 0, 0]

    on = go_on(paused, at(9))

    assert on.standing(at(9)).left == 10 * MINUTE
    assert shifts(on) == [0, 4, 4, 0, 0]


def test_round_before_which_all_is_paused_starts_when_it_is_told_to():
    begun = start(pause(day(), at(-1)), at(12))

    assert begun.paused_at is None
    assert begun.standing(at(12)).left == 15 * MINUTE
    assert shifts(begun) == [12, 12, 12, 0, 0]


def test_what_is_paused_is_not_paused_again():
    with pytest.raises(NotNow):
        pause(pause(day(), at(5)), at(6))


def test_longer_round_moves_what_comes():
    longer = lengthen(day(), at(5), 3)

    assert longer.standing(at(5)).left == 13 * MINUTE
    assert shifts(longer) == [0, 3, 3, 0, 0]


def test_morning_that_runs_into_the_afternoon_moves_it_just_as_far():
    late = start(pause(day(), at(-1)), at(220))

    assert [turn.starts_at for turn in late.turns] == [at(220), at(240), at(260), at(275), at(295)]


@pytest.mark.parametrize("minutes", [0, -3, 61])
def test_odd_minutes_are_refused(minutes: int):
    with pytest.raises(OddMinutes):
        lengthen(day(), at(5), minutes)


def test_round_that_ends_early_wins_time():
    ended = finish(day(), at(11))

    assert ended.standing(at(11)).left == 5 * MINUTE
    assert shifts(ended) == [0, -4, -4, 0, 0]


def test_paused_round_can_end():
    assert shifts(finish(pause(day(), at(5)), at(30))) == [0, 15, 15, 0, 0]


def test_skipped_round_leaves_its_place_to_the_next():
    skipped = skip(day(), at(16), 2)

    assert [turn.is_held for turn in skipped.turns] == [True, False, True, True, True]
    assert shifts(skipped) == [0, 0, -20, 0, 0]
    standing = skipped.standing(at(21))
    assert standing.turn
    assert standing.turn.number == 3


def test_round_that_is_not_next_is_not_skipped():
    with pytest.raises(NotNow):
        skip(day(), at(16), 3)


def test_skipped_round_comes_back():
    assert restore(skip(day(), at(16), 2), at(17), 2) == day()


def test_two_skipped_rounds_come_back_in_any_order():
    skipped = skip(skip(day(), at(1), 2), at(2), 3)

    assert restore(restore(skipped, at(3), 3), at(4), 2) == day()
    assert restore(restore(skipped, at(3), 2), at(4), 3) == day()


def test_skipped_round_does_not_come_back_once_the_next_has_begun():
    with pytest.raises(NotNow):
        restore(skip(day(), at(16), 2), at(25), 2)


def test_day_is_as_announced_again_after_a_rehearsal():
    rehearsed = pause(finish(start(day(), at(-900)), at(-890)), at(-889))

    assert reset(rehearsed, at(-800)) == day()
    with pytest.raises(NotNow):
        reset(day(), at(-800))


Act = tuple[float, Callable[[Course, datetime], Course]]
_ACTS: list[Callable[[Course, datetime], Course]] = [
    start,
    pause,
    go_on,
    finish,
    *(lambda course, now, minutes=minutes: lengthen(course, now, minutes) for minutes in (1, 60)),
    *(lambda course, now, number=number: skip(course, now, number) for number in range(1, 6)),
    *(lambda course, now, number=number: restore(course, now, number) for number in range(1, 6)),
]
ACTS = st.lists(st.tuples(st.floats(0, 40), st.sampled_from(_ACTS)), max_size=25)


@given(ACTS)
def test_rounds_keep_their_order_and_time_left_is_never_negative(acts: list[Act]):
    course, now = day(), at(-30)
    for minutes, act in acts:
        now += minutes * MINUTE
        over = [turn for turn in course.turns if turn.ends_at < course.moment(now)]
        try:
            course = act(course, now)
        except NotNow:
            continue
        standing = course.standing(now)
        edges = [edge for turn in course.turns for edge in (turn.starts_at, turn.ends_at)]
        assert edges == sorted(edges)
        assert standing.left >= timedelta()
        assert [turn.number for turn in course.turns] == [1, 2, 3, 4, 5]
        assert all(turn in course.turns for turn in over)


@given(ACTS, st.floats(0, 200))
def test_pause_and_going_on_keep_the_time_left(acts: list[Act], minutes: float):
    course, now = day(), at(-30)
    for passed, act in acts:
        now += passed * MINUTE
        try:
            course = act(course, now)
        except NotNow:
            continue
    if course.paused_at or course.standing(now).phase == "over":
        return

    later = now + minutes * MINUTE
    again = go_on(pause(course, now), later)

    assert again.standing(later).left == course.standing(now).left
