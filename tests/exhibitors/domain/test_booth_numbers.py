"""Numbers follow one another as people read the plan."""

import pytest

from exhibitors.domain.booth_numbers import NumberTooLong, in_reading_order, next_numbers, numbers_from
from exhibitors.domain.floor_plan import Booth


def booth(code: str, x: int, y: int) -> Booth:
    return Booth(code=code, number=code, x=x, y=y, width=300, depth=200)


def test_first_number_is_a1():
    assert next_numbers([], 2) == ["A1", "A2"]


def test_next_number_follows_those_of_the_letters_used_most():
    assert next_numbers(["A1", "B2", "B10", "Scène"], 2) == ["B11", "B12"]


def test_number_is_no_longer_than_twelve():
    assert numbers_from("Extérieur ", 8, 2) == ["Extérieur 8", "Extérieur 9"]
    with pytest.raises(NumberTooLong):
        numbers_from("À l’extérieur ", 1, 1)


def test_booths_are_read_row_by_row_even_where_a_row_is_not_straight():
    booths = [booth("d", 400, 500), booth("b", 350, 40), booth("a", 0, 60), booth("c", 0, 480)]

    assert [each.code for each in in_reading_order(booths)] == ["a", "b", "c", "d"]
    assert [each.code for each in in_reading_order(booths, "columns")] == ["a", "c", "b", "d"]
