"""What is written in a booth fits in it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from exhibitors.engine.lettering import Line, breadth, lettering, smallest

SIDES = st.integers(100, 1000)
NAMES = st.text("abcéà’- ", max_size=80)


def test_number_stands_in_the_middle():
    assert lettering(300, 200, "A12") == (Line("A12", 90.0, 100.0),)


def test_name_stands_under_the_number():
    lines = lettering(300, 200, "A1", "Atelier du Nord")

    assert [line.text for line in lines] == ["A1", "Atelier du", "Nord"]
    assert [line.y for line in lines] == sorted(line.y for line in lines)


def test_long_name_is_cut_with_an_ellipsis():
    name = "Coopérative de solidarité en informatique de la Vallée-de-la-Gatineau et des environs"

    assert lettering(200, 150, "A1", name)[-1].text.endswith("…")


def test_name_is_left_out_where_nobody_could_read_it():
    assert [line.text for line in lettering(60, 60, "A1", "Atelier du Nord")] == ["A1"]


@given(SIDES, SIDES, NAMES)
def test_nothing_runs_over_the_edges(width: int, depth: int, name: str):
    for line in lettering(width, depth, "B100", name):
        assert 0.6 * line.size * len(line.text) <= width
        assert line.size / 2 <= line.y <= depth - line.size / 2


@given(SIDES, SIDES, NAMES)
def test_lines_do_not_touch(width: int, depth: int, name: str):
    lines = lettering(width, depth, "B100", name)

    for above, below in pairwise(lines):
        assert below.y - above.y >= (below.size + above.size) / 2 - 0.2


def test_plan_is_as_wide_as_its_smallest_number_asks_for():
    assert (breadth(2000, 90), breadth(2000, 14), breadth(10_000, 90)) == (50.0, 100.0, 100.0)
    assert breadth(2000, smallest([])) == 50.0
