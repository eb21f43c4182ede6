from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.domain.my_day import Standing, overlaps, overlaps_in, parts_of_day, spans_of
from scheduling.domain.programme import Programme
from tests.scheduling.domain.programme_parts import MORNING, programme, slot

PROGRAMME = programme(
    slot("NINE", begins=0),
    slot("HALF", begins=2),
    slot("FAIR", begins=2, lasts=8, seats=None),
    slot("TEN", begins=4),
    slot("FULL", begins=4, taken=10),
    slot("GONE", begins=4, cancelled=True),
)


def pairs(day: Programme = PROGRAMME, **standings: list[str]) -> list[tuple[str, str, bool]]:
    found = overlaps_in(parts_of_day(day, lines=(), **standings))
    return [(each.first.slot.code, each.second.slot.code, each.must_be_solved) for each in found]


def test_day_shows_each_slot_once_by_time_under_what_matters_most() -> None:
    parts = parts_of_day(PROGRAMME, held=["TEN"], chosen=["TEN", "NINE", "UNKNOWN"], listed=["NINE", "FAIR"])

    assert [(part.slot.code, part.standing) for part in parts] == [
        ("NINE", "chosen"),
        ("FAIR", "listed"),
        ("TEN", "held"),
    ]


@pytest.mark.parametrize(
    ("standing", "code", "can_be_chosen", "can_be_had"),
    [
        ("chosen", "NINE", True, True),
        ("listed", "NINE", True, False),
        ("held", "NINE", False, False),
        ("asked", "NINE", False, False),
        ("chosen", "FULL", True, True),
        ("listed", "FULL", False, False),
        ("chosen", "FAIR", True, False),
        ("chosen", "GONE", True, False),
        ("listed", "GONE", False, False),
    ],
)
def test_part_can_be_chosen_and_had_as_long_as_it_makes_sense(
    standing: Standing, code: str, can_be_chosen: bool, can_be_had: bool
) -> None:
    [part] = parts_of_day(PROGRAMME, lines=(), **{standing: [code]})

    assert (part.can_be_chosen, part.can_be_had) == (can_be_chosen, can_be_had)


def test_overlaps_are_told_of_choices_and_must_be_solved_where_nobody_gets_both() -> None:
    assert pairs(chosen=["NINE", "HALF", "TEN"]) == [("NINE", "HALF", True), ("HALF", "TEN", True)]
    assert pairs(held=["NINE"], chosen=["HALF"]) == [("NINE", "HALF", True)]
    assert pairs(asked=["NINE"], chosen=["HALF"]) == [("NINE", "HALF", False)]
    assert pairs(chosen=["NINE", "FAIR"]) == [("NINE", "FAIR", False)]


def test_overlaps_leave_out_what_nobody_chose_and_what_nobody_can_have() -> None:
    assert pairs(held=["NINE", "HALF"], listed=["TEN"]) == []
    assert pairs(chosen=["TEN", "FULL", "GONE"]) == []
    assert pairs(chosen=["NINE", "TEN"]) == []  # one begins as the other ends


def test_spans_leave_out_what_is_cancelled() -> None:
    assert spans_of(PROGRAMME, ["NINE", "GONE"]) == [(MORNING, MORNING + timedelta(hours=1))]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8)), max_size=6))
def test_overlaps_are_exactly_the_pairs_that_share_a_quarter_of_an_hour(times: list[tuple[int, int]]) -> None:
    ordered = sorted(times)
    day = programme(*(slot(f"S{n}", begins=begins, lasts=lasts) for n, (begins, lasts) in enumerate(ordered)))
    quarters = [set(range(begins, begins + lasts)) for begins, lasts in ordered]

    expected = [
        (f"S{one}", f"S{other}", True)
        for one in range(len(ordered))
        for other in range(one + 1, len(ordered))
        if quarters[one] & quarters[other]
    ]

    assert pairs(day, chosen=[each.code for each in day.slots]) == expected
    assert all(overlaps(each, (each.starts_at, each.ends_at)) for each in day.slots)
