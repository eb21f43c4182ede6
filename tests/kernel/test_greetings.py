"""Names that are no names."""

import pytest

from digital_days.kernel.greetings import spoken_name


@pytest.mark.parametrize(
    "name",
    [
        "Gagnez sur evil.com",
        "evil。com",
        "evil．com",
        "evil｡com",
        "bit․ly",
        "evil﹒com",
        "evil。com／gagnez",
        "bob＠evil",
        "x" * 81,
    ],
)
def test_name_is_not_spoken_when_it_is_an_address(name: str):
    assert spoken_name(name) == ""


@pytest.mark.parametrize("name", ["Bob Tremblay", "J.-F. Roy", "Éléonore O’Neil-St-Pierre", "Ｂｏｂ", "Anne Roy, ing."])
def test_name_is_spoken_as_it_was_given_when_it_is_one(name: str):
    assert spoken_name(name) == name
