"""A first name is all that a phone learns of a name."""

import pytest

from exhibitors.domain.first_names import first_name


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Marie Tremblay", "Marie"),
        ("Marie-Ève St-Onge Roy", "Marie-Ève"),
        ("Tremblay, Bob", "Bob"),
        ("Tremblay,", ""),
        ("Zoé", "Zoé"),
        ("Mme Tremblay", ""),
        ("M. Luc Roy", "Luc"),
        ("Dr", ""),
        ("", ""),
        ("bob@example.ca", ""),
    ],
)
def test_first_name_is_the_first_word_that_is_surely_no_surname(name: str, told: str):
    assert first_name(name) == told
