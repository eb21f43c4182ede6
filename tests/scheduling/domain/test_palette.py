"""The colours of labels, as WCAG 2.2 counts contrast (1.4.3 and 1.4.11)."""

from scheduling.domain.palette import PALETTE
from tests.kernel.test_colours import contrast


def test_white_words_can_be_read_on_every_colour_which_stands_out_from_a_light_page():
    assert {code: contrast(f"#{code}", "#ffffff") for code in PALETTE if contrast(f"#{code}", "#ffffff") < 4.5} == {}


def test_colours_differ():
    assert len(set(PALETTE)) == len(set(PALETTE.values())) == len(PALETTE)
