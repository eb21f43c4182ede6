"""Lines of plots: round axes that hold every value, steps that stay inside."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from exhibitors.engine.plots import axis_to, step_line


@given(st.integers(0, 10**9))
def test_axis_is_round_starts_at_nothing_and_holds_the_largest(largest: int):
    ticks = axis_to(largest).ticks
    steps = {after - before for before, after in pairwise(ticks)}

    assert ticks[0] == 0 <= largest <= ticks[-1]
    assert len(steps) == 1
    assert re.fullmatch(r"[125]0*", str(steps.pop()))
    assert len(ticks) <= 6


def test_line_goes_in_steps_upwards():
    points = [(0.0, 0.0), (0.5, 0.25), (1.0, 1.0)]

    assert step_line(points, width=100, height=40) == "M0 40H50V30H100V0"


def test_line_of_nothing_is_nothing():
    assert step_line([], width=100, height=40) == ""
